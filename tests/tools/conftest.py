"""The tools are scripts, not a package: load them as files."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]


def load_tool(name: str) -> ModuleType:
    """One script of tools/, as a module."""
    spec = importlib.util.spec_from_file_location(name, ROOT / "tools" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = sys.modules[name] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def machine() -> ModuleType:
    return load_tool("machine")


@pytest.fixture(scope="session")
def dev(machine: ModuleType) -> ModuleType:
    return load_tool("dev")


@pytest.fixture(scope="session")
def perfect() -> ModuleType:
    return load_tool("perfect_files")


@pytest.fixture(scope="session")
def smoke() -> ModuleType:
    return load_tool("smoke")
