// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/view/shown_metrics.h"
#include "tests/support/strict_main.h"

using namespace headroom;

class TestShownMetrics : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void showsWhatTheRunComputesAndChoosesBy() {
        const StemScore sdrs{.cSdr = 1, .uSdr = 2, .siSdr = 3};
        std::vector<RunHistory::Validation> validations(2);
        validations[0].done.stems = {{"vocals", sdrs}};
        using Metrics = std::vector<Metric>;
        QCOMPARE(shownMetrics({}), (Metrics{Metric::CSdr, Metric::USdr}));
        QCOMPARE(shownMetrics(validations), (Metrics{Metric::CSdr, Metric::USdr}));
        validations[1].done.stems = {{"drums", {.logWmse = 20, .bleedless = 30}}};
        QCOMPARE(shownMetrics(validations),
                 (Metrics{Metric::CSdr, Metric::USdr, Metric::LogWmse, Metric::Bleedless}));
        validations[1].done.metric = "si_sdr";
        QCOMPARE(shownMetrics(validations),
                 (Metrics{Metric::CSdr, Metric::USdr, Metric::SiSdr, Metric::LogWmse, Metric::Bleedless}));
        validations[1].done.metric = "of a newer version";
        QCOMPARE(shownMetrics(validations).size(), std::size_t(4));
    }
};

HEADROOM_TEST_MAIN(TestShownMetrics)
#include "tst_shown_metrics.moc"
