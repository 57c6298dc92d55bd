#!/usr/bin/env python3
# SPDX-FileCopyrightText: The Headroom authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Applies the small faults of mutants.toml one at a time and reports which of them no test notices.

    tests/mutants/run.py [--list] [NAME...]

Each mutant names a file, a text that occurs in it exactly once, what replaces it, and the test programs that should fail.
What is changed and built is a copy of the sources in build/mutants, which the next run updates. The tests first run without
a mutant: those that fail anyway notice nothing. Exit code 1 if a mutant survives, if one no longer applies or if a test fails
without any.
"""
import argparse
import pathlib
import shutil
import subprocess
import sys
import tomllib

ROOT = pathlib.Path(__file__).resolve().parents[2]


def apply(mutant, root):
    """The changed text of the mutant's file, or an explanation of why there is none."""
    path = root / mutant["file"]
    if not path.is_file():
        return None, f"no file {mutant['file']}"
    text = path.read_text()
    count = text.count(mutant["from"])
    if count != 1:
        return None, f"'{mutant['from']}' occurs {count} times in {mutant['file']}"
    return text.replace(mutant["from"], mutant["to"]), None


def test_programs(root):
    """The test programs by the names that tests/CMakeLists.txt gives them, such as forecast.fit_search."""
    names = set()
    for path in (root / "tests").rglob("tst_*.cpp"):
        listed = next(folder for folder in path.parents if (folder / "CMakeLists.txt").is_file())
        folders = listed.relative_to(root / "tests").parts
        room = "_".join(folders[1:] if folders[0] in ("core", "app") else folders)
        names.add(f"{room}.{path.stem.removeprefix('tst_')}")
    return names


def targets(tests):
    """Test forecast.fit_search is built by target tst_forecast_fit_search."""
    return ["tst_" + test.replace(".", "_") for test in tests]


def run_tests(tests, build):
    """'pass', 'fail' or 'do not compile', of the tests with the sources as they are."""
    built = subprocess.run(["cmake", "--build", build, "--target", *targets(tests)], capture_output=True, text=True)
    if built.returncode != 0:
        return "do not compile"
    pattern = "^(" + "|".join(test.replace(".", "\\.") for test in tests) + ")$"
    tested = subprocess.run(["ctest", "--test-dir", build, "-R", pattern, "--no-tests=error"], capture_output=True, text=True)
    return "pass" if tested.returncode == 0 else "fail"


def failing_tests(tests, build):
    """The tests that do not pass without a mutant."""
    if run_tests(tests, build) == "pass":
        return []
    return [test for test in tests if run_tests([test], build) != "pass"]


def judge(mutant, root, build):
    """'noticed', 'survived', 'does not compile', or what is wrong with the entry."""
    text, problem = apply(mutant, root)
    if problem:
        return problem
    path = root / mutant["file"]
    original = path.read_text()
    path.write_text(text)
    try:
        return {"pass": "survived", "fail": "noticed"}.get(run_tests(mutant["tests"], build), "does not compile")
    finally:
        path.write_text(original)


def update_copy(folder):
    """Copies what differs, so that the next build compiles no more than that."""
    files = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout
    for name in filter(None, files.decode().split("\0")):
        target = folder / name
        source = ROOT / name
        if target.is_file() and target.read_bytes() == source.read_bytes():
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(source, target)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--list", action="store_true", help="only check that every mutant applies and its tests exist")
    parser.add_argument("names", nargs="*", help="mutants to try; by default all")
    arguments = parser.parse_args()
    mutants = tomllib.loads((ROOT / "tests/mutants/mutants.toml").read_text())["mutant"]
    chosen = [mutant for mutant in mutants if not arguments.names or mutant["name"] in arguments.names]
    if arguments.list:
        problems = [problem for mutant in chosen if (problem := apply(mutant, ROOT)[1])]
        named = {test for mutant in chosen for test in mutant["tests"]}
        problems += [f"no test program {test}" for test in sorted(named - test_programs(ROOT))]
        print("\n".join(problems) or f"{len(chosen)} mutants apply")
        return 1 if problems else 0

    root, build = ROOT / "build/mutants/sources", ROOT / "build/mutants/build"
    update_copy(root)
    subprocess.run(["cmake", "-S", root, "-B", build, "-G", "Ninja", "-DCMAKE_BUILD_TYPE=Release"],
                   check=True, stdout=subprocess.DEVNULL)
    failing = failing_tests(sorted({test for mutant in chosen for test in mutant["tests"]}), str(build))
    if failing:
        print("These tests fail without a mutant: " + ", ".join(failing))
        return 1
    noticed = 0
    for mutant in chosen:
        verdict = judge(mutant, root, str(build))
        noticed += verdict == "noticed"
        print(f"{verdict}: {mutant['name']} ({mutant['file']})", flush=True)
    print(f"{noticed} of {len(chosen)} mutants were noticed")
    return 0 if noticed == len(chosen) else 1


if __name__ == "__main__":
    sys.exit(main())
