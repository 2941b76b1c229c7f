SELECT toUUID('b6a0c1f4-8f2e-5d3a-9c47-2e5d7a1b9c30') AS uuid, toIPv4('192.168.0.1') AS ipv4, toIPv6('2001:db8::ff00:42:8329') AS ipv6, toIPv6('::ffff:1.2.3.4') AS ipv6_mapped
