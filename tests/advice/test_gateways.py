from __future__ import annotations

from curlx.advice.gateways import EDGE_SWG, GATEWAYS, UNNAMED, gateway_remedies


def test_without_a_name_the_script_for_edge_swg_is_offered_and_said_to_be_generic() -> None:
    (remedy,) = gateway_remedies("engine.sandbox", (UNNAMED,))
    assert any("does not name the product" in step for step in remedy.steps)
    first, *narrower = remedy.commands
    assert first.splitlines()[1:] == [
        "define condition Allow_engine_sandbox",
        "url.domain=engine.sandbox",
        "end",
        "condition=Allow_engine_sandbox detect_protocol(no) authenticate(no) ALLOW",
    ]
    assert "review before running" in first
    assert [script.split()[1] for script in narrower] == ["narrower:", "for"]  # for this host; for every host


def test_a_product_has_one_remedy_however_many_scripts_it_takes() -> None:
    for gateway in GATEWAYS:
        (remedy,) = gateway_remedies("engine.sandbox", (gateway,))
        assert len(remedy.commands) == len(gateway.scripts)
        assert all(script.startswith((";", "#")) for script in remedy.commands)


def test_a_named_product_gets_its_own_advice_only() -> None:
    zscaler = next(gateway for gateway in GATEWAYS if gateway.name.startswith("Zscaler"))
    remedies = gateway_remedies("engine.sandbox", (zscaler, zscaler, UNNAMED))
    assert [remedy.title.partition(":")[0] for remedy in remedies] == ["Zscaler Internet Access"]


def test_an_address_is_matched_as_an_address() -> None:
    assert any("url.address=203.0.113.14" in script for r in gateway_remedies("203.0.113.14") for script in r.commands)


def test_a_host_that_could_break_out_of_a_policy_becomes_a_placeholder() -> None:
    text = repr(gateway_remedies("a.example end\nALLOW", (EDGE_SWG,)))
    assert "url.domain=HOST" in text
    assert "a.example" not in text


def test_advice_that_no_document_confirms_is_worded_as_a_possibility() -> None:
    sophos = next(gateway for gateway in GATEWAYS if gateway.name == "Sophos")
    assert gateway_remedies("api.example.com", (sophos,))[0].steps[0].startswith("Possibly")
