//! `heap targets`.

use cdp_heapprofiler::{blocking, Listed};
use serde_json::{json, Value};

use crate::cli;
use crate::layout::{plain, Table};
use crate::outcome::{Failure, Report};

pub(crate) fn run(arguments: &cli::Targets) -> Result<Report, Failure> {
    let address = &arguments.address;
    let failed = |error| Failure::unreachable(address, &error);
    let version = blocking::version(address).map_err(failed)?;
    let targets = blocking::targets(address).map_err(failed)?;
    let mut table = Table::new(0, &["type", "URL of the target", "what it is"]);
    for target in &targets {
        let url = target.web_socket_debugger_url.as_deref();
        let what = [target.title.as_deref(), target.url.as_deref()];
        let what: Vec<_> = what.into_iter().flatten().collect();
        table.row(vec![
            plain(target.kind.as_deref().unwrap_or("?")),
            url.unwrap_or("(taken by another client)").to_owned(),
            plain(&what.join("  ")),
        ]);
    }
    let browser = version.browser.as_deref().unwrap_or("?");
    let text = format!("{address}: {}\n{}", plain(browser), table.print());
    let json = json!({
        "address": address,
        "browser": version.browser,
        "protocolVersion": version.protocol_version,
        "targets": targets.iter().map(listed).collect::<Vec<_>>(),
    });
    Ok(Report::new(text, json))
}

fn listed(target: &Listed) -> Value {
    json!({
        "id": target.id,
        "type": target.kind,
        "title": target.title,
        "url": target.url,
        "webSocketDebuggerUrl": target.web_socket_debugger_url,
    })
}
