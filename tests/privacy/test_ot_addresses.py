"""Addresses of field buses and machines are restricted; protocols, versions, dates and masks are harmless."""

import pytest

from privacy.labels import Label
from privacy.recognisers import network, ot_addresses
from privacy.spans import Span

ADDRESSES = [
    ("Why does BACnet device 260001 not answer?", "BACnet device 260001"),
    ("device id: 4194302 is a duplicate", "4194302"),
    ("device instance 12 on the trunk", "12"),
    ("BACnet-Gerät 26001", "26001"),
    ("devices 260001, 260002 and 260003 are offline", "260001, 260002 and 260003"),
    ("write analog-value 14 to 21", "analog-value 14"),
    ("(binary-output, 7)", "binary-output, 7"),
    ("override AO-5 on the BACnet device", "AO-5"),
    ("BACnet network number 2001", "network number 2001"),
    ("Modbus unit 3 register 40112", "unit 3 register 40112"),
    ("read holding registers 30001-30010", "30001-30010"),
    ("Modbus slave id 17", "slave id 17"),
    ("coil 0x1F of the chiller via Modbus", "coil 0x1F"),
    ("value at 4x00112", "4x00112"),
    ("KNX group address 1/2/37 is flooded", "1/2/37"),
    ("KNX device 1.1.4 is gone", "1.1.4"),
    ("Gruppenadresse 3/14", "3/14"),
    ("Neuron ID 04 5A 1C 22 8F 00", "04 5A 1C 22 8F 00"),
    ("LonWorks subnet 2 node 14", "subnet 2 node 14"),
    ("M-Bus primary address 12", "primary address 12"),
    ("DALI short address 23", "short address 23"),
    ("DALI line 2 group 5", "group 5"),
    ("ns=2;s=AHU1.SupplyTemp drops", "ns=2;s=AHU1.SupplyTemp"),
    ("opc.tcp://plc4:4840/ua", "opc.tcp://plc4:4840/ua"),
    ("MQTT topic site4/ahu1/supply/temp is silent", "site4/ahu1/supply/temp"),
    ("N2 address 42 lost", "N2 address 42"),
    ("MS/TP MAC 24 is slow", "MAC 24"),
    ("EnOcean ID 0181A2B3", "0181A2B3"),
    ("DevEUI 70B3D57ED0041A2C", "70B3D57ED0041A2C"),
    ("10.20.30.40 is the gateway", "10.20.30.40"),
    ("reach 192.168.4.17:47808 first", "192.168.4.17:47808"),
    ("10.4.0.0/16 is our BMS network", "10.4.0.0/16"),
    ("it sits in 10.4.7.x", "10.4.7.x"),
    ("fe80::1ff:fe23:4567:890a answers", "fe80::1ff:fe23:4567:890a"),
    ("the controller at 81.2.69.142 was scanned", "81.2.69.142"),
    ("MAC 00:80:A3:9F:12:7C", "00:80:A3:9F:12:7C"),
    ("mac address 0080.a39f.127c", "0080.a39f.127c"),
    ("MAC address 0080A39F127C", "0080A39F127C"),
    ("jace-07.bms.local restarts", "jace-07.bms.local"),
    ("ping supervisor-02 please", "supervisor-02"),
    ("hostname: plantpc_4", "plantpc_4"),
    ("https://nae01.corp/ui does not load", "https://nae01.corp/ui"),
    ("ip:10.1.2.3|foxs:|station:|slot:/Drivers/BacnetNetwork/AHU1", "slot:/Drivers/BacnetNetwork/AHU1"),
    ("slot:/Drivers/NiagaraNetwork/Hall", "slot:/Drivers/NiagaraNetwork/Hall"),
    ("\\\\fileserver\\bms\\backups", "\\\\fileserver\\bms\\backups"),
    ("VLAN 210 carries it", "VLAN 210"),
    ("the gateway listens on port 50123", "port 50123"),
    ("ADX4:NAE-12/N2-1.VAV-7.ZN-T", "ADX4:NAE-12/N2-1.VAV-7.ZN-T"),
]
HARMLESS = [
    "What does BACnet device id mean?",
    "What is the default UDP port of BACnet/IP and why is it written 0xBAC0?",
    "Explain Modbus holding registers to a beginner.",
    "How many short addresses can one DALI line have?",
    "What is 10.0.0.0/8 for?",
    "Is the 255.255.255.0 mask the same as /24?",
    "127.0.0.1 refuses the connection, also http://localhost:8000/health",
    "We upgraded to Niagara 4.13.2.18 and firmware 1.2.3.4.",
    "Compare 1/2/2023 with 3/4/2023.",
    "KNX 2.1.0 came out, ETS 6.1.1 too",
    "JACE-8000 or SNC-25?",
    "and/or in MQTT talk",
    "The meeting is at 10:20:30",
    "AI can help with 3 chillers",
    "7/12 °C or 10/16 °C chilled water",
    "see example.com/api/v1/health",
    "std::vector::size in C++",
    "see config/privacy.yaml and Label.INTERNAL or page.site",
]


def found(text: str) -> list[Span]:
    return [s for recognise in (*network.RECOGNISERS, *ot_addresses.RECOGNISERS) for s in recognise(text)]


@pytest.mark.parametrize(("text", "address"), ADDRESSES)
def test_address_is_restricted(text: str, address: str) -> None:
    start = text.index(address)
    held = {i for s in found(text) if s.label is Label.RESTRICTED for i in range(s.start, s.end)}
    assert set(range(start, start + len(address))) <= held


@pytest.mark.parametrize("text", HARMLESS)
def test_talk_about_protocols_is_harmless(text: str) -> None:
    assert found(text) == []


def test_public_address_without_building_talk_is_a_contact() -> None:
    assert {s.type for s in found("visitor from 81.2.69.142 asked")} == {"CONTACT"}


def test_number_with_leading_zeros_is_no_address() -> None:
    assert found("on 91.07.24.01 we met") == []
