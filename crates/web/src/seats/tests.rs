use super::*;

fn address(text: &str) -> IpAddr {
    text.parse().unwrap()
}

#[test]
fn a_peer_has_its_number_of_seats_and_gets_them_back() {
    let seats = Seats::default();
    let first = seats.take(address("10.0.0.1"), 2);
    let second = seats.take(address("10.0.0.1"), 2);
    assert!(first.is_some() && second.is_some());
    assert!(seats.take(address("::ffff:10.0.0.1"), 2).is_none(), "the same address in other clothes");
    assert!(seats.take(address("10.0.0.2"), 2).is_some(), "its neighbour has seats of its own");
    drop(first);
    assert!(seats.take(address("10.0.0.1"), 2).is_some());
    drop(second);
    assert!(seats.0.lock().unwrap().is_empty(), "nobody is remembered who has left");
}

#[test]
fn a_network_of_ipv6_is_one_peer() {
    let seats = Seats::default();
    let _one = seats.take(address("2001:db8:1:2:3::1"), 1);
    assert!(seats.take(address("2001:db8:1:2:ffff::9"), 1).is_none());
    assert!(seats.take(address("2001:db8:1:3::1"), 1).is_some());
}
