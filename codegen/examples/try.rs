use cdp_codegen::*;
fn main() {
    let mut inputs = vec![];
    let mut keep = External::Keep;
    let mut quiet = false;
    for a in std::env::args().skip(1) {
        if a == "--refuse" {
            keep = External::Refuse;
            continue;
        }
        if a == "-q" {
            quiet = true;
            continue;
        }
        let role = if a.contains("overlay/") {
            Role::Overlay
        } else {
            Role::Base
        };
        inputs.push(Input {
            bytes: std::fs::read(&a).unwrap(),
            name: a,
            role,
        });
    }
    let t = std::time::Instant::now();
    let r = read(inputs, keep);
    let el = t.elapsed();
    let mut n = 0;
    for d in &r.diagnostics {
        n += 1;
        if !quiet || n < 5 {
            eprintln!("{}\n", d.render(&r.sources, Style::Plain));
        }
    }
    eprintln!("{} diagnostics; read {:?}", r.diagnostics.len(), el);
    match r.protocol {
        Some(p) => print!("{}", export(&p, &[]).unwrap()),
        None => std::process::exit(2),
    }
}
