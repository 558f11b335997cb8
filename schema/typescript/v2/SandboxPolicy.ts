// Generated from the protocol crate; do not edit.

import type { AbsolutePathBuf } from "../AbsolutePathBuf";
import type { NetworkAccess } from "./NetworkAccess";

/**
 * What commands may do, with details.
 */
export type SandboxPolicy =
  /**
   * Everything; there is no sandbox.
   */
  {
    type: "dangerFullAccess",
  }
  /**
   * Read everything, write nothing.
   */
  | {
    type: "readOnly",
    /**
     * Whether the network may be reached. Default false.
     */
    networkAccess: boolean,
  }
  /**
   * Everything, because the server itself already runs in a sandbox.
   */
  | {
    type: "externalSandbox",
    /**
     * What the surrounding sandbox lets through, for the model to know. Default `restricted`.
     */
    networkAccess: NetworkAccess,
  }
  /**
   * Read everything; write the working directory, `/tmp`, `$TMPDIR` and the roots named here.
   *
   * `.git`, `.codex`, `.agents` and `.aws` right below a writable root stay read-only.
   */
  | {
    type: "workspaceWrite",
    /**
     * Further folders that may be written. Default none.
     */
    writableRoots: Array<AbsolutePathBuf>,
    /**
     * Whether the network may be reached. Default false.
     */
    networkAccess: boolean,
    /**
     * Whether the folder named by `TMPDIR` stays read-only. Default false.
     */
    excludeTmpdirEnvVar: boolean,
    /**
     * Whether `/tmp` stays read-only. Default false.
     */
    excludeSlashTmp: boolean,
  };
