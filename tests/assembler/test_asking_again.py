"""What failed is no longer certain to have mattered where a line behind it says that all ended well."""

from __future__ import annotations

import pytest

import curlx

WORD = "curl: (6) Could not resolve host: a.example\n"
CALL = "$ curl -sS https://a.example/list\n"


def certainty(log: str) -> str:
    return curlx.explain(log).findings[0].certainty


@pytest.mark.parametrize(
    "said",
    [
        "OK (3 tests, 5 assertions)",
        "ok  \ta.example/tool\t0.012s",
        "3 examples, 0 failures",
        "  12 passing (34ms)",
        "100% tests passed, 0 tests failed out of 3",
        "BUILD SUCCESSFUL in 3s",
        "[INFO] BUILD SUCCESS",
        "Finished: SUCCESS",
        "      Tests  3 passed (3)",
        "Process finished with exit code 0",
    ],
)
def test_a_sum_in_which_nothing_failed_makes_what_failed_before_unsure(said: str) -> None:
    assert certainty(f"{WORD}{said}\n") == "likely"


@pytest.mark.parametrize(
    "said",
    ["2 examples, 1 failures", "BUILD FAILED in 3s", "Tests run: 3, Failures: 1, Errors: 0", "exit code: 6", "0", "10"],
)
def test_another_sum_does_not(said: str) -> None:
    assert certainty(f"{WORD}{said}\n") == "certain"


@pytest.mark.parametrize(
    "log",
    [
        f"#5 [2/3] RUN curl https://a.example/ || true\n#5 0.2 {WORD}#5 DONE 0.3s\n",
        "#5 [2/3] RUN for i in 1 2; do curl -f https://a.example/ && break; done\n"
        "#5 0.2 curl: (22) The requested URL returned error: 503\n#5 0.3 curl: (22) The requested URL returned error: 503\n"
        "#5 1.2 ok\n#5 DONE 1.3s\n",
        f"Step 2/3 : RUN curl https://a.example/ || true\n ---> Running in abc1\n{WORD}Successfully built abc2\n",
        f"+ curl https://a.example/\n{WORD}+ true\n",
        f"{CALL}{WORD}$ echo $?\n0\n",
        f'{CALL}{WORD}$ echo "code $?"\n0\n',
        f"C:\\>curl -sS https://a.example/list\n{WORD}C:\\>echo %ERRORLEVEL%\n0\n",
        f"$ curl -sS https://a.example/list; echo $?\n{WORD}0\n",
        f"$ curl -sS https://a.example/list; echo rc=$?\n{WORD}rc=0\n",
    ],
)
def test_what_ran_the_call_ended_well(log: str) -> None:
    assert {finding.certainty for finding in curlx.explain(log).findings} == {"likely"}


@pytest.mark.parametrize(
    "log",
    [
        f"{CALL}{WORD}$ echo $?\n6\n",
        f"$ curl -sS https://a.example/list | wc -l\n{WORD}0\n",
        f"+ curl https://a.example/\n{WORD}+ exit 1\n",
        f"{CALL}{WORD}" + "$ make\n" + "a line\n" * 6 + "+ true\n",
    ],
)
def test_or_it_did_not(log: str) -> None:
    assert certainty(log) == "certain"
