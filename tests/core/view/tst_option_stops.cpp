// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/config/option_table.h"
#include "core/view/option_stops.h"
#include "tests/support/strict_main.h"

#include <algorithm>
#include <cmath>
#include <functional>

using namespace headroom;

class TestOptionStops : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void stopsAreAllowedAndAscending() {
        for (const Option& option : optionTable()) {
            const auto stops = optionStops(option);
            QVERIFY2(std::is_sorted(stops.begin(), stops.end(), std::less_equal<>()), option.key.c_str());
            for (const double stop : stops) {
                QVERIFY2(stop >= option.min && stop <= option.max, option.key.c_str());
                if (option.type == OptionType::Integer)
                    QVERIFY2(stop == std::floor(stop), option.key.c_str());
            }
        }
    }

    void stopsAreFewEnoughForASlider() {
        for (const Option& option : optionTable())
            QVERIFY2(optionStops(option).size() <= 200, option.key.c_str());
    }

    void valuesOfGuideAndPaperAreStops_data() {
        QTest::addColumn<QString>("key");
        QTest::addColumn<double>("value");
        const auto row = [](const char* key, double value) {
            QTest::addRow("%s %g", key, value) << QString::fromLatin1(key) << value;
        };
        for (const double value : {1, 2, 5, 30})
            row("training.batch_size", value);
        for (const double value : {1, 6, 15, 30})
            row("training.gradient_accumulation_steps", value);
        for (const double value : {2, 4, 8})
            row("audio.segment_length", value);
        for (const double value : {128, 192, 256})
            row("model.hidden_dim", value);
        for (const double value : {32, 48, 62})
            row("model.num_subbands", value);
        for (const double value : {0.0, 0.98, 0.999})
            row("training.ema_decay", value);
        row("training.learning_rate", 5e-4);
    }
    void valuesOfGuideAndPaperAreStops() {
        QFETCH(QString, key);
        QFETCH(double, value);
        const auto stops = optionStops(*findOption(key.toStdString()));
        const int nearest = nearestStop(stops, value);
        QVERIFY(nearest >= 0);
        QCOMPARE(stops[static_cast<std::size_t>(nearest)] + 1, value + 1);
    }

    void seedHasNoStops() { QVERIFY(optionStops(*findOption("training.seed")).empty()); }
};

HEADROOM_TEST_MAIN(TestOptionStops)
#include "tst_option_stops.moc"
