// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/engine/fitting_change.h"
#include "core/support/mib.h"
#include "tests/support/strict_main.h"

using namespace headroom;

class TestFittingChange : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void prefersWhatTheRunCanBeResumedWith() {
        const Fit inNewRun{.changes = {{"training.precision", "fp32", "bf16"}},
                           .forecast = {.peakAllocated = 1024 * mib}};
        const Fit resumed{.changes = {{"training.batch_size", "4", "2"},
                                      {"training.gradient_accumulation_steps", "1", "2"}},
                          .forecast = {.peakAllocated = 2048 * mib}};
        const Fit mixed{.changes = {resumed.changes[0], inNewRun.changes[0]}};
        QCOMPARE(remedyOf({inNewRun, mixed, resumed}, 3072 * mib),
                 std::string("Set training.batch_size=2, training.gradient_accumulation_steps=2: by the "
                             "forecast, a step then needs 2.0 GiB of the available 3.0 GiB."));
        QCOMPARE(remedyOf({inNewRun, mixed}, 3072 * mib),
                 std::string("Start a new run with training.precision=bf16: by the forecast, a step then "
                             "needs 1.0 GiB of the available 3.0 GiB."));
    }
};

HEADROOM_TEST_MAIN(TestFittingChange)
#include "tst_fitting_change.moc"
