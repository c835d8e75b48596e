"""What bin/run says when the machine is not ready: one sentence, a non-zero exit, and nothing half done."""

import importlib
import os
import shutil
import subprocess
from pathlib import Path

import pytest
from rule_engine import Rule
from rule_engine._vendor.ply import yacc

from mall.runtime.folders import CHECKOUT


class Machine:
    """A copy of bin/ and the locked requirements, on a machine whose programs answer as we say."""

    def __init__(self, place: Path) -> None:
        """Lay out the copy."""
        self.checkout, self.programs = place / "mal", place / "programs"
        self.programs.mkdir()
        shutil.copytree(CHECKOUT / "bin", self.checkout / "bin")
        shutil.copytree(CHECKOUT / "requirements", self.checkout / "requirements")

    def answers(self, program: str, script: str) -> None:
        """Let a program of the machine do this instead."""
        path = self.programs / program
        path.write_text(f"#!/bin/sh\n{script}\n")
        path.chmod(0o755)

    def run(self, **env: str) -> subprocess.CompletedProcess[str]:
        """`bin/run` without a keyboard."""
        return subprocess.run(
            [str(self.checkout / "bin" / "run")],
            env={"PATH": f"{self.programs}:{os.environ['PATH']}", "HOME": str(self.checkout)} | env,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    """A Debian with every package installed."""
    made = Machine(tmp_path)
    made.answers("dpkg-query", "printf 'ii '")
    return made


def test_ordinary_user_without_sudo_reads_the_exact_line(machine: Machine) -> None:
    machine.answers("dpkg-query", 'case "$*" in *libpango-1.0-0*) exit 1;; *) printf "ii ";; esac')
    machine.answers("id", "echo 1000")
    machine.answers("sudo", "exit 1")
    done = machine.run()
    assert done.returncode == 1
    line = "apt-get install -y --no-install-recommends libpango-1.0-0"
    assert done.stderr.strip() == f"Packages are missing; as root, run: {line}"
    assert not (machine.checkout / ".venv").exists()


def test_missing_packages_are_installed_by_root_with_one_apt_line(machine: Machine) -> None:
    machine.answers("dpkg-query", 'case "$*" in *fonts-noto-core*|*libpango-1*) exit 1;; *) printf "ii ";; esac')
    machine.answers("id", "echo 0")
    machine.answers("apt-get", f'echo "$*" >>{machine.checkout}/asked; [ "$1" = update ]')
    done = machine.run()
    assert done.returncode == 1
    asked = (machine.checkout / "asked").read_text().splitlines()
    assert asked == ["update", "install -y --no-install-recommends libpango-1.0-0 fonts-noto-core"]


def test_no_network_for_packages_is_said_in_one_sentence(machine: Machine) -> None:
    machine.answers("dpkg-query", "exit 1")
    machine.answers("id", "echo 0")
    machine.answers("apt-get", "echo \"Temporary failure resolving 'deb.example'\" >&2; exit 100")
    done = machine.run()
    assert done.returncode == 1
    assert done.stderr.strip() == (
        "The package list could not be installed: no network, or the package index does not answer "
        "(details in var/log/setup.log)."
    )


def test_no_network_for_python_packages_is_said_and_the_next_try_starts_over(machine: Machine) -> None:
    unreachable = {"PIP_INDEX_URL": "http://127.0.0.1:1/simple", "PIP_RETRIES": "0", "PIP_CONFIG_FILE": os.devnull}
    done = machine.run(**unreachable)
    assert done.returncode == 1
    assert done.stderr.strip().startswith("The installer uv could not be installed: no network")
    assert not list((machine.checkout / ".venv").glob(".installed-*"))


def test_full_disk_is_said_in_one_sentence(machine: Machine) -> None:
    machine.answers("dpkg-query", "exit 1")
    machine.answers("id", "echo 0")
    machine.answers("apt-get", "echo 'E: Write error - write (28: No space left on device)' >&2; exit 100")
    done = machine.run()
    assert done.stderr.strip() == "The package list could not be installed: the disk is full."


def test_unwritable_folder_is_said_in_one_sentence(machine: Machine) -> None:
    (machine.checkout / "var").write_text("in the way")
    done = machine.run()
    assert done.returncode == 1
    assert "cannot be written by" in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_old_python_is_refused_by_version(machine: Machine) -> None:
    for name in ("python3", "python3.11", "python3.12"):
        machine.answers(name, "exit 1")
    done = machine.run()
    assert done.returncode == 1
    assert done.stderr.strip().startswith("Python 3.11 or 3.12 with venv is needed")


def test_tables_of_the_grammar_are_kept_and_fit() -> None:
    parser = Rule.parser
    found = yacc.ParserReflect({name: getattr(parser, name) for name in dir(parser)})
    found.get_all()
    assert importlib.import_module("rule_engine.parser.parsetab")._lr_signature == found.signature()
