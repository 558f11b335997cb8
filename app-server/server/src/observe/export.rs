//! `[otel]` of the configuration as what is exported, and to where.

use codex_app_server_protocol::WIRE_VERSION;
use codex_config_loader::{ConfigWarning, OtelConfigToml, OtelExporterKind, OtelHttpProtocol};
use codex_telemetry::{Encoding, Settings, Target, Telemetry};

/// The name that telemetry goes under, the reference's own.
const SERVICE_NAME: &str = "codex_app_server";
/// The environment when none is configured.
const DEFAULT_ENVIRONMENT: &str = "dev";

/// What is exported, if anything, and what clients are to be told about it.
pub(crate) struct Exported {
    pub(crate) telemetry: Option<Telemetry>,
    pub(crate) warnings: Vec<ConfigWarning>,
}

/// Starts what is configured. Must be called within a runtime.
pub(crate) fn start(config: &OtelConfigToml) -> Exported {
    let (settings, mut warnings) = settings(config);
    if settings.traces.is_none() && settings.logs.is_none() && settings.metrics.is_none() {
        return Exported { telemetry: None, warnings };
    }
    let telemetry = match Telemetry::start(&settings) {
        Ok(telemetry) => Some(telemetry),
        Err(error) => {
            let summary = format!("No telemetry is exported: {error}.");
            warnings.push(warning(summary, "See `[otel]` in config.toml."));
            None
        }
    };
    Exported { telemetry, warnings }
}

fn settings(config: &OtelConfigToml) -> (Settings, Vec<ConfigWarning>) {
    let mut warnings = Vec::new();
    let mut target = |key: &str, exporter: &Option<OtelExporterKind>| match exporter {
        None | Some(OtelExporterKind::None) => None,
        Some(OtelExporterKind::Statsig) => {
            warnings.push(warning(
                format!(
                    "`otel.{key} = \"statsig\"` is not supported: this server reports to nobody but your own collector."
                ),
                "Use `otlp-http`, or `none`.",
            ));
            None
        }
        Some(OtelExporterKind::OtlpGrpc { .. }) => {
            warnings.push(warning(
                format!("`otel.{key}` names an `otlp-grpc` collector, which this server does not speak to; nothing is exported there."),
                "Use `otlp-http`: every collector of OpenTelemetry has it too, usually on port 4318.",
            ));
            None
        }
        Some(OtelExporterKind::OtlpHttp { endpoint, headers, protocol, tls }) => {
            let tls = tls.clone().unwrap_or_default();
            Some(Target {
                endpoint: endpoint.clone(),
                headers: headers.iter().map(|(name, value)| (name.clone(), value.expose().to_owned())).collect(),
                encoding: match protocol {
                    OtelHttpProtocol::Binary => Encoding::Binary,
                    OtelHttpProtocol::Json => Encoding::Json,
                },
                ca_certificate: tls.ca_certificate.map(Into::into),
                client_identity: tls
                    .client_certificate
                    .zip(tls.client_private_key)
                    .map(|(certificate, key)| (certificate.into(), key.into())),
            })
        }
    };
    let settings = Settings {
        service_name: SERVICE_NAME.to_owned(),
        service_version: WIRE_VERSION.to_owned(),
        environment: config.environment.clone().unwrap_or_else(|| DEFAULT_ENVIRONMENT.to_owned()),
        span_attributes: config.span_attributes.clone().unwrap_or_default(),
        traces: target("trace_exporter", &config.trace_exporter),
        logs: target("exporter", &config.exporter),
        metrics: target("metrics_exporter", &config.metrics_exporter),
    };
    (settings, warnings)
}

fn warning(summary: String, details: &str) -> ConfigWarning {
    ConfigWarning { summary, details: Some(details.to_owned()), path: None, range: None }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(toml: &str) -> (Settings, Vec<ConfigWarning>) {
        settings(&toml::from_str(toml).unwrap())
    }

    #[test]
    fn nothing_is_exported_unless_it_is_configured() {
        for text in ["", "environment = 'x'\nexporter = 'none'\ntrace_exporter = 'none'\nmetrics_exporter = 'none'"] {
            let exported = start(&toml::from_str(text).unwrap());
            assert!(exported.telemetry.is_none() && exported.warnings.is_empty(), "{text}");
        }
    }

    #[test]
    fn what_is_not_spoken_is_warned_about_with_what_is() {
        let (settings, warnings) = read(
            "trace_exporter = { otlp-grpc = { endpoint = 'http://x:4317' } }\nmetrics_exporter = 'statsig'\n\
             exporter = { otlp-http = { endpoint = 'http://x:4318/v1/logs', protocol = 'json' } }",
        );
        assert!(settings.traces.is_none() && settings.metrics.is_none() && settings.logs.is_some());
        let [grpc, statsig] = &*warnings else { panic!("two warnings: {warnings:?}") };
        assert!(grpc.summary.contains("otel.trace_exporter") && grpc.details.as_ref().unwrap().contains("otlp-http"));
        assert!(statsig.summary.contains("otel.metrics_exporter"));
    }

    #[test]
    fn a_collector_is_taken_as_it_is_given() {
        let (settings, warnings) = read(
            "environment = 'staging'\nspan_attributes = { team = 'a' }\n[trace_exporter.otlp-http]\n\
             endpoint = 'https://x/custom?path'\nprotocol = 'binary'\nheaders = { x-key = 'sk-1' }\n\
             tls = { ca-certificate = '/ca.pem', client-certificate = '/c.pem', client-private-key = '/k.pem' }",
        );
        assert_eq!(warnings, []);
        let traces = settings.traces.unwrap();
        assert_eq!((traces.endpoint.as_str(), traces.encoding), ("https://x/custom?path", Encoding::Binary));
        assert_eq!(traces.headers["x-key"], "sk-1");
        assert_eq!(traces.ca_certificate.unwrap().to_str(), Some("/ca.pem"));
        assert!(traces.client_identity.is_some());
        assert_eq!((settings.environment.as_str(), settings.span_attributes["team"].as_str()), ("staging", "a"));
    }
}
