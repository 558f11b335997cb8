//! Promises about the network and about sockets of other programs.

use std::net::{TcpListener, UdpSocket};
use std::os::unix::net::{UnixDatagram, UnixListener};

use codex_sandbox::SandboxMode;

use super::support::{READING, WRITING, has_perl, place, says};

/// Tries every way to reach somebody and names those that failed, with the reason.
const TRIES: &str = r#"perl -MSocket -e '
    my ($tcp, $udp, $unix) = @ARGV;
    sub report { my ($name, $done) = @_; print $name, ": ", ($done ? "reached" : $!+0 == 1 ? "EPERM" : "$!"), "\n" }
    my $address = sockaddr_in($tcp, inet_aton("127.0.0.1"));
    report "tcp", socket(A, PF_INET, SOCK_STREAM, 0) && connect(A, $address);
    report "udp", socket(B, PF_INET, SOCK_DGRAM, 0) && send(B, "x", 0, sockaddr_in($udp, inet_aton("127.0.0.1")));
    report "ipv6", socket(C, PF_INET6, SOCK_STREAM, 0);
    report "raw", socket(C, PF_INET, SOCK_RAW, 1);
    report "netlink", socket(C, 16, SOCK_RAW, 0);
    report "packet", socket(C, 17, SOCK_RAW, 0);
    report "vsock", socket(C, 40, SOCK_STREAM, 0);
    report "unix", socket(D, PF_UNIX, SOCK_STREAM, 0) && connect(D, sockaddr_un("$unix/stream"));
    report "unix bind", socket(E, PF_UNIX, SOCK_STREAM, 0) && bind(E, sockaddr_un("$unix/own"));
    report "unix datagram", socket(F, PF_UNIX, SOCK_DGRAM, 0) && send(F, "x", 0, sockaddr_un("$unix/datagram"));
    report "abstract", socket(G, PF_UNIX, SOCK_STREAM, 0) && connect(G, sockaddr_un("\0sandbox-test-none"));
' "#;

#[test]
fn nobody_can_be_reached_without_the_network() {
    if !has_perl() {
        return;
    }
    let place = place();
    let tcp = TcpListener::bind("127.0.0.1:0").unwrap();
    let udp = UdpSocket::bind("127.0.0.1:0").unwrap();
    let folder = place.outside.display();
    let _stream = UnixListener::bind(place.outside.join("stream")).unwrap();
    let datagram = UnixDatagram::bind(place.outside.join("datagram")).unwrap();
    let script = format!("{TRIES} {} {} {folder}", tcp.local_addr().unwrap().port(), udp.local_addr().unwrap().port());
    let names =
        ["tcp", "udp", "ipv6", "raw", "netlink", "packet", "vsock", "unix", "unix bind", "unix datagram", "abstract"];
    let expected: Vec<String> = names.iter().map(|name| format!("{name}: EPERM")).collect();
    let expected: Vec<&str> = expected.iter().map(String::as_str).collect();
    says(&WRITING, &place, &place.spec(SandboxMode::WorkspaceWrite), &script, &expected);
    says(&READING, &place, &place.spec(SandboxMode::ReadOnly), &script, &expected);
    udp.set_nonblocking(true).unwrap();
    datagram.set_nonblocking(true).unwrap();
    assert!(udp.recv(&mut [0; 8]).is_err() && datagram.recv(&mut [0; 8]).is_err());

    let mut open = place.spec(SandboxMode::ReadOnly);
    open.network = true;
    let script = format!("{script} | grep -v 'raw\\|packet\\|vsock\\|ipv6\\|abstract\\|bind'");
    let reached = ["tcp: reached", "udp: reached", "netlink: reached", "unix: reached", "unix datagram: reached"];
    says(&READING, &place, &open, &script, &reached);
    assert!(udp.recv(&mut [0; 8]).is_ok() && datagram.recv(&mut [0; 8]).is_ok());
}

#[test]
fn pairs_of_sockets_work_without_the_network() {
    if !has_perl() {
        return;
    }
    let place = place();
    let script = r#"perl -MSocket -e '
        socketpair(my $a, my $b, PF_UNIX, SOCK_STREAM, 0) or die "pair: $!";
        send($a, "ping", 0) == 4 or die "send: $!";
        recv($b, my $text, 8, 0); print "$text\n";
        socketpair(my $c, my $d, PF_UNIX, SOCK_SEQPACKET, 0) or die "packets: $!";
        send($c, "pong", 0) == 4 or die "send: $!"; recv($d, $text, 8, 0); print "$text\n";
        print socketpair(my $e, my $f, PF_UNIX, SOCK_DGRAM, 0) ? "datagrams" : "no datagrams", "\n"'"#;
    says(&READING, &place, &place.spec(SandboxMode::ReadOnly), script, &["ping", "pong", "no datagrams"]);
}

#[test]
fn an_address_cannot_be_hidden_in_a_message() {
    if !has_perl() {
        return;
    }
    // What a filter cannot see: `sendmsg` takes its address from memory. No socket may exist that obeys it.
    let place = place();
    let datagram = UnixDatagram::bind(place.outside.join("datagram")).unwrap();
    datagram.set_nonblocking(true).unwrap();
    let script = format!(
        r#"perl -MSocket -e '
        my $address = sockaddr_un("{}/datagram"); my $text = "x";
        for my $type (SOCK_DGRAM, SOCK_RAW, SOCK_STREAM, SOCK_SEQPACKET) {{
            socketpair(my $a, my $b, PF_UNIX, $type | 02000000, 0) or (print("no pair\n"), next);
            my $data = pack("P Q", $text, 1);
            my $message = pack("P L x4 P Q Q Q L x4", $address, length $address, $data, 1, 0, 0, 0);
            print syscall({}, fileno $a, $message, 0) < 0 ? "refused" : "sent to the pair", "\n";
        }}'"#,
        place.outside.display(),
        libc::SYS_sendmsg
    );
    let expected = ["no pair", "no pair", "refused", "sent to the pair"];
    says(&READING, &place, &place.spec(SandboxMode::ReadOnly), &script, &expected);
    assert!(datagram.recv(&mut [0; 8]).is_err());
}
