// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "tests/support/golden_comparison.h"

#include <QTest>

#include <functional>
#include <string>

namespace headroom::test {

using GoldenRun = std::function<void(const GoldenCase&, GoldenComparison&)>;

/// Runs all cases of a kind in float64 and in float32. Skips the test if HEADROOM_GOLDEN_DIR has none.
inline void runGoldenCases(const std::string& kind, const GoldenRun& run) {
    const auto cases = goldenCases(kind);
    if (cases.empty() && goldenFolder() != ownGoldenFolder())
        QSKIP(("no case of kind " + kind + " in HEADROOM_GOLDEN_DIR").c_str());
    QVERIFY2(!cases.empty(), kind.c_str());
    std::string failures;
    for (const GoldenCase& golden : cases) {
        for (const at::ScalarType dtype : {at::kDouble, at::kFloat}) {
            GoldenComparison comparison(golden, dtype);
            run(golden, comparison);
            failures += comparison.failures();
        }
    }
    qInfo("%s: %zu cases, each in float64 and float32", kind.c_str(), cases.size());
    QVERIFY2(failures.empty(), failures.c_str());
}

} // namespace headroom::test
