// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/train/epoch_pace.h"
#include "tests/support/strict_main.h"

using namespace headroom;

namespace {

/// An epoch of 100 segments.
std::optional<std::string> finish(EpochPace& pace, int epoch, double seconds, const DeviceLoad& load = {},
                                  double waited = 0) {
    for (int i = 0; i < 100; ++i)
        pace.add(1, waited / 100, seconds / 100);
    return pace.finishEpoch(epoch, {}, load);
}

bool says(const std::optional<std::string>& text, const char* part) {
    const bool found = text && text->find(part) != std::string::npos;
    if (!found)
        qWarning("%s", text.value_or("nothing").c_str());
    return found;
}

} // namespace

class TestEpochPace : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void isSilentWhileAllEpochsAreAsFast() {
        EpochPace pace;
        QVERIFY(!finish(pace, 1, 100));
        QVERIFY(!finish(pace, 2, 110));
        QVERIFY(!finish(pace, 3, 95));
        EpochPace brief;
        QVERIFY(!finish(brief, 1, 20));
        QVERIFY(!finish(brief, 2, 29)); // too short to compare
    }

    void comparesWithTheFastestEpoch() {
        EpochPace pace;
        QVERIFY(!finish(pace, 1, 100));
        QVERIFY(!finish(pace, 2, 80));
        const auto text = finish(pace, 3, 120, {.others = 0.4, .busiest = "blender (process 12)"});
        QVERIFY(says(text,
                     "epoch 3 took 1.50 times as long for a segment as epoch 2: other programs took 40 % of "
                     "the device's time, most of all blender (process 12). End them"));
        QVERIFY(!finish(pace, 4, 80));
    }

    void namesOneCause_data() {
        QTest::addColumn<DeviceLoad>("load");
        QTest::addColumn<QString>("cause");
        QTest::newRow("heat") << DeviceLoad{.hot = 0.5, .temperature = 87}
                              << "heat lowered the card's clocks for 50 % of the time, at up to 87 degrees";
        QTest::newRow("supply") << DeviceLoad{.lackingPower = 0.3} << "the power supply lowered";
        QTest::newRow("retries") << DeviceLoad{.retries = 7}
                                 << "the allocator had to give its cache back 7 times";
        QTest::newRow("swap") << DeviceLoad{.swapped = std::int64_t{1} << 30}
                              << "the machine swapped 1.0 GiB";
        QTest::newRow("power limit")
            << DeviceLoad{.atPowerLimit = 0.9, .clock = 1500, .powerLimit = 200}
            << "the card's clock fell from 2400 to 1500 MHz, at its power limit of 200 W";
        QTest::newRow("clock") << DeviceLoad{.clock = 1500} << "fell from 2400 to 1500 MHz";
        QTest::newRow("nothing") << DeviceLoad{.clock = 2400} << "neither data nor other programs";
        QTest::newRow("as before") << DeviceLoad{.atPowerLimit = 0.9, .clock = 2400}
                                   << "neither data nor other programs";
    }
    void namesOneCause() {
        QFETCH(DeviceLoad, load);
        QFETCH(QString, cause);
        EpochPace pace;
        QVERIFY(!finish(pace, 1, 100, {.atPowerLimit = 0.9, .clock = 2400, .powerLimit = 200}));
        QVERIFY(says(finish(pace, 2, 130, load), qPrintable(cause)));
    }

    void namesSmallerParts() {
        EpochPace pace;
        QVERIFY(!finish(pace, 1, 100));
        pace.addShortage(3);
        QVERIFY(says(finish(pace, 2, 130), "batches are computed in parts of 3"));
    }

    /// Waiting for data is the cause that is certain; the others look at the rest of the time.
    void waitingForDataComesFirst() {
        EpochPace pace;
        QVERIFY(!finish(pace, 1, 100));
        QVERIFY(says(finish(pace, 2, 200, {.others = 0.5}, 100), "epoch 2 waited for data for 100 of 200 s"));
    }

    /// From the first epoch on, but not again for each.
    void saysWhatIsCertainWithoutComparison() {
        EpochPace pace;
        QVERIFY(says(finish(pace, 1, 100, {.hot = 0.6, .temperature = 90}),
                     "epoch 1 was slower than it could be: heat lowered"));
        QVERIFY(!finish(pace, 2, 100, {.hot = 0.6, .temperature = 90}));
        QVERIFY(!finish(pace, 3, 100, {.hot = 0.1}));
        QVERIFY(says(finish(pace, 4, 100, {.others = 0.3}), "other programs took 30 %"));
    }

    void forgetsEpochsOfOtherOptions() {
        EpochPace pace;
        QVERIFY(!finish(pace, 1, 100));
        pace.forgetEarlier();
        QVERIFY(!finish(pace, 2, 200));
    }
};

HEADROOM_TEST_MAIN(TestEpochPace)
#include "tst_epoch_pace.moc"
