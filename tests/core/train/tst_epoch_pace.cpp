// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/train/epoch_pace.h"
#include "tests/support/strict_main.h"

using namespace headroom;

namespace {

/// Steps of one segment.
TrainingConfig oneSegment() {
    TrainingConfig training;
    training.batchSize = 1;
    return training;
}

EpochPace::Forecast forecast(TimeSource source) {
    return [source] {
        return std::optional(StepTime{.source = source, .step = {.low = 0.5, .seconds = 0.8, .high = 1}});
    };
}

/// An epoch of 100 segments.
std::optional<std::string> finish(EpochPace& pace, int epoch, double seconds, const DeviceLoad& load = {},
                                  double waited = 0) {
    for (int i = 0; i < 100; ++i)
        pace.add(1, waited / 100, seconds / 100);
    return pace.finishEpoch(epoch, oneSegment(), load);
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
                                 << "the allocator had to release its cache 7 times";
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

    /// A segment takes 0.5 to 1 s by the forecast; a step is of one.
    void comparesTheFirstEpochWithTheForecast() {
        EpochPace pace(forecast(TimeSource::Measured));
        QVERIFY(
            says(finish(pace, 1, 140, {.others = 0.2, .busiest = "blender (process 12)"}),
                 "epoch 1 took 1.40 times as long for a segment as forecast from measurements (1.4 instead "
                 "of 1 s): other programs took 20 % of the device's time, most of all blender"));
        EpochPace fast(forecast(TimeSource::Measured));
        QVERIFY(!finish(fast, 1, 114)); // within what forecasts are off by
        EpochPace brief(forecast(TimeSource::Measured));
        QVERIFY(!finish(brief, 1, 29));
    }

    void saysWhereAForecastComesFromThatNothingExplains() {
        EpochPace published(forecast(TimeSource::Published));
        const auto text = finish(published, 1, 200);
        QVERIFY(says(text,
                     "epoch 1 took 2.00 times as long for a segment as forecast from the card's published "
                     "rates (2 instead of 1 s): neither data nor other programs"));
        QVERIFY(says(text, "explain it. `headroom calibrate` bases forecasts on measurements"));
        QVERIFY(!finish(published, 2, 200)); // not again
        EpochPace measured(forecast(TimeSource::Measured));
        const auto other = finish(measured, 1, 200);
        QVERIFY(other && other->ends_with("memory explain it"));
    }

    void namesTheCauseOfADelayAgainstTheForecast_data() {
        QTest::addColumn<DeviceLoad>("load");
        QTest::addColumn<QString>("cause");
        QTest::newRow("heat") << DeviceLoad{.hot = 0.15, .temperature = 87} << "heat lowered";
        QTest::newRow("power") << DeviceLoad{.lackingPower = 0.15} << "the power supply lowered";
        QTest::newRow("spill") << DeviceLoad{.retries = 3}
                               << "the allocator had to release its cache 3 times";
        QTest::newRow("swap") << DeviceLoad{.swapped = std::int64_t{1} << 30}
                              << "the machine swapped 1.0 GiB";
    }
    void namesTheCauseOfADelayAgainstTheForecast() {
        QFETCH(DeviceLoad, load);
        QFETCH(QString, cause);
        EpochPace pace(forecast(TimeSource::Measured));
        QVERIFY(says(finish(pace, 1, 130, load), qPrintable(cause)));
    }

    /// The fastest epoch is nearer than a forecast, and slower epochs are slow even if it was.
    void comparesWithTheFastestEpochFirst() {
        EpochPace pace(forecast(TimeSource::Measured));
        QVERIFY(!finish(pace, 1, 60));
        QVERIFY(says(finish(pace, 2, 150), "epoch 2 took 2.50 times as long for a segment as epoch 1"));
        EpochPace slow(forecast(TimeSource::Measured));
        QVERIFY(says(finish(slow, 1, 150, {.hot = 0.2}), "as forecast"));
        QVERIFY(says(finish(slow, 2, 150, {.retries = 1}), "as forecast"));
    }

    /// Once, as it takes time, and again when options have changed.
    void asksForTheForecastOnce() {
        int asked = 0;
        EpochPace pace([&] {
            ++asked;
            return std::optional<StepTime>();
        });
        for (int epoch = 1; epoch <= 3; ++epoch)
            QVERIFY(!finish(pace, epoch, 100));
        QCOMPARE(asked, 1);
        pace.forgetEarlier();
        QVERIFY(!finish(pace, 4, 300));
        QCOMPARE(asked, 2);
    }

    /// Four shorter segments, which are as much as three.
    void shorterSegmentsCountAsParts() {
        EpochPace pace(forecast(TimeSource::Measured));
        for (int i = 0; i < 100; ++i)
            pace.add(0.75, 0, 0.75);
        QVERIFY(!pace.finishEpoch(1, oneSegment(), {}));
        for (int i = 0; i < 100; ++i)
            pace.add(0.75, 0, 1);
        QVERIFY(says(pace.finishEpoch(2, oneSegment(), {}), "epoch 2 took 1.33 times as long for a segment"));
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
