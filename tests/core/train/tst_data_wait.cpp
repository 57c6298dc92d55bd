// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/train/data_wait.h"
#include "tests/support/strict_main.h"

using namespace headroom;

class TestDataWait : public QObject {
    Q_OBJECT

    static std::optional<std::string> reportOf(double waited, double whole, int workers = 2) {
        DataWait wait;
        for (int i = 0; i < 10; ++i)
            wait.add(waited / 10, whole / 10);
        TrainingConfig training;
        training.numWorkers = workers;
        return wait.finishEpoch(3, training);
    }

private Q_SLOTS:
    void reportsLongWaits() {
        const auto text = reportOf(40, 100);
        QVERIFY(text.has_value());
        QVERIFY2(text->starts_with("epoch 3 waited for data for 40 of 100 s, 40 % of its time. Raise "
                                   "training.num_workers, now 2"),
                 text->c_str());
    }

    void suggestsWorkersWhereThereAreNone() {
        const auto text = reportOf(40, 100, 0);
        QVERIFY(text && text->find("Set training.num_workers to 4") != std::string::npos);
    }

    void isSilentAboutShortWaitsAndEpochs() {
        QVERIFY(!reportOf(19, 100));
        QVERIFY(reportOf(21, 100));
        QVERIFY(!reportOf(29, 29.5));
        QVERIFY(!reportOf(0, 0));
    }

    void countsEachEpochByItself() {
        DataWait wait;
        wait.add(90, 100);
        QVERIFY(wait.finishEpoch(1, {}));
        wait.add(1, 100);
        QVERIFY(!wait.finishEpoch(2, {}));
    }
};

HEADROOM_TEST_MAIN(TestDataWait)
#include "tst_data_wait.moc"
