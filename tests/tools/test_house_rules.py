from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


spec = importlib.util.spec_from_file_location("house_rules", ROOT / "tools" / "house_rules.py")
assert spec is not None
assert spec.loader is not None
house = sys.modules[spec.name] = importlib.util.module_from_spec(spec)
spec.loader.exec_module(house)

HOME_OF = {  # one file that each place means
    "*": "docs/architecture.md",
    "main.py": "main.py",
    "cli/*": "cli/records.py",
    "gui/*": "gui/pages/overview.py",
    "models/*": "models/services/records/records.py",
    "resources/*": "resources/__init__.py",
    "tools/*": "tools/bench.py",
}


def sentences(name: str, source: str) -> list[str]:
    return [found.sentence for found in house.look_at(name, source)]


def home_of(rule, place: str) -> str:
    return "gui/pages/overview.py" if place == "*" and not rule.text else HOME_OF[place]


@pytest.mark.parametrize("rule", house.RULES, ids=lambda rule: rule.name)
def test_a_rule_fires_on_its_example_in_every_room_it_is_for(rule):
    for place in rule.where:
        name = home_of(rule, place)
        if name not in rule.but and not any(place == but for but in rule.but):
            assert rule.sentence in sentences(name, rule.example + "\n"), place


@pytest.mark.parametrize("rule", house.RULES, ids=lambda rule: rule.name)
def test_an_exception_in_the_table_is_one(rule):
    for place in rule.but:
        name = place.replace("*", "_x") + ("" if place.endswith(".py") else ".py")
        assert rule.sentence not in sentences(name, rule.example + "\n"), place


@pytest.mark.parametrize("rule", [r for r in house.RULES if not r.text], ids=lambda rule: rule.name)
def test_a_rule_about_code_passes_over_comments_and_docstrings(rule):
    for place in rule.where:
        source = f'"""Says {rule.example.replace(chr(34), chr(39))} here."""\nx = 1  # not {rule.example}\n'
        assert rule.sentence not in sentences(home_of(rule, place), source)


@pytest.mark.parametrize("rule", [r for r in house.RULES if r.text], ids=lambda rule: rule.name)
def test_a_rule_about_text_reads_comments_too(rule):
    assert rule.sentence in sentences("models/domain/unit.py", f"x = 1  # {rule.example}\n")


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("models/domain/unit.py", 'with open(path, "wb") as out:\n    pass\n'),
        ("models/domain/unit.py", "with open(\n    path,\n    mode='a',\n) as out:\n    pass\n"),
        ("models/domain/unit.py", 'with path.open("w", encoding="utf-8") as out:\n    pass\n'),
        ("models/domain/unit.py", "shutil.copyfile(a, b)\n"),
        ("models/domain/unit.py", "os.replace(a, b)\n"),
        ("models/domain/unit.py", "a.rename(b)\n"),
    ],
)
def test_every_way_of_writing_a_file_is_seen(name, source):
    assert len(sentences(name, source)) == 1


@pytest.mark.parametrize(
    "source",
    [
        'open(path, "rb")\n',
        "path.open()\n",
        'text.replace("a", "w")\n',
        "path.read_text()\n",
        'archive.open("wave.bin")\n',
    ],
)
def test_reading_is_not_writing(source):
    assert sentences("models/domain/unit.py", source) == []


CATCH_ALL = "try:\n    f()\nexcept {}:\n    {}\n"


@pytest.mark.parametrize("what", ["Exception", "BaseException as e", "(ValueError, Exception)"])
def test_catching_everything_is_for_the_doors(what):
    swallowed = CATCH_ALL.format(what, "log(1)")
    assert len(sentences("models/services/records/records.py", swallowed)) == 1
    assert sentences("gui/jobs.py", swallowed) == []
    assert sentences("models/services/records/records.py", CATCH_ALL.format(what, "tidy()\n    raise")) == []


def test_catching_nothing_in_particular_is_catching_everything():
    assert len(sentences("cli/records.py", "try:\n    f()\nexcept:\n    pass\n")) == 1


def test_catching_by_name_is_fine():
    assert sentences("cli/records.py", CATCH_ALL.format("(OSError, ValueError)", "pass")) == []


def test_a_module_of_more_than_600_lines_fails_and_one_of_600_does_not():
    assert sentences("gui/big.py", "x = 1\n" * 600) == []
    assert sentences("gui/big.py", "x = 1\n" * 601) != []
    assert sentences("docs/big.md", "x\n" * 601) == []


def test_an_init_holds_a_docstring_only():
    assert sentences("gui/__init__.py", '"""Windows."""\n\nfrom __future__ import annotations\n') == []
    assert sentences("gui/__init__.py", '"""Windows."""\n\nfrom gui import app\n') != []
    assert sentences("resources/__init__.py", "def path(name):\n    return name\n") == []


def test_what_is_not_python_is_said_and_does_not_stop_the_others():
    for broken in ("def f(:\n", 'x = """\n', "  x = 1\n y = 2\n"):
        assert [s for s in sentences("gui/new.py", broken) if s.startswith("This is not Python")]


@pytest.mark.parametrize(
    ("name", "source", "complaints"),
    [
        ("models/sync/keys.py", "class Keys:\n    def sign(self):\n        return 1\n", 1),
        ("models/sync/keys.py", 'class Keys:\n    def sign(self):\n        """Sign."""\n', 0),
        ("models/sync/keys.py", "class Lost:\n    @property\n    def way_out(self):\n        return 1\n", 0),
        ("models/sync/keys.py", "class _Keys:\n    def sign(self):\n        return 1\n", 0),
        ("models/sync/keys.py", "class Keys:\n    def _sign(self):\n        return 1\n", 0),
        ("gui/tables/paged.py", "class Model:\n    def rowCount(self):\n        return 1\n", 0),
    ],
)
def test_a_public_method_of_the_ledger_says_what_it_does(name, source, complaints):
    assert len(sentences(name, source)) == complaints


def test_blanking_keeps_every_other_character_in_its_place():
    source = 'def f():\n    """One.\n\n    Two."""\n    return "kept"  # gone\n'
    assert (
        house.code_of(source)
        == "def f():\n    " + " " * 7 + "\n\n" + " " * 11 + '\n    return "kept"  ' + " " * 6 + "\n"
    )


def test_the_state_words_are_those_of_the_table():
    spelled = (ROOT / "models" / "domain" / "words.py").read_text(encoding="utf-8")
    assert [word for word in house.STATE_WORDS if f'"{word}"' not in spelled and f"未{word}" not in spelled] == []
