// Generated from the protocol crate; do not edit.

import type { AllowDenyRequirement } from "./AllowDenyRequirement";

/**
 * A rule for a program told by its signature.
 */
export type ComputerUseWindowsExeConfig = {
  /**
   * Publisher named in the signature.
   */
  publisher_name: string,
  /**
   * Product named in the file's version data.
   */
  product_name: string,
  /**
   * File name; null matches every file of the product.
   */
  binary_name: string | null,
  /**
   * What holds for it.
   */
  access: AllowDenyRequirement,
};
