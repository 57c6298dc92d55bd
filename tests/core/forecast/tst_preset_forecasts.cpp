// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/cards/cards.h"
#include "core/config/config_difference.h"
#include "core/config/config_file.h"
#include "core/forecast/fit_search.h"
#include "core/forecast/forecaster.h"
#include "core/model/band_split_model.h"
#include "tests/support/strict_main.h"

#include <QFile>
#include <QRegularExpression>

using namespace headroom;

namespace {

QString textOf(const QString& file) {
    QFile opened(QStringLiteral(HEADROOM_SOURCE_DIR "/") + file);
    if (!opened.open(QIODevice::ReadOnly))
        qFatal("cannot read %s", qPrintable(file));
    return QString::fromUtf8(opened.readAll());
}

RunConfig preset(const QString& name) {
    return loadConfig((QStringLiteral(HEADROOM_SOURCE_DIR "/configs/") + name).toStdString());
}

std::int64_t parameters(const QString& name) {
    return BandSplitModel(modelShape(preset(name)), at::kMeta, at::kFloat, 0).parameters().elements();
}

QString gibibytes(std::int64_t bytes) {
    return QString::number(static_cast<double>(bytes) / double(1 << 30), 'f', 1);
}

QString epochMinutes(const Forecast& forecast) {
    const TimeRange epoch = forecast.time.value().epoch;
    const ScaledTime scaled = scaledTime(epoch.low, epoch.high);
    const QString unit = scaled.unit == ScaledTime::Unit::Minutes ? QStringLiteral("min") : QString();
    return QStringLiteral("%1 to %2 %3")
        .arg(QString::fromStdString(scaled.low), QString::fromStdString(scaled.high), unit);
}

} // namespace

/// What README.md and the presets say about their size, memory and time.
class TestPresetForecasts : public QObject {
    Q_OBJECT
private Q_SLOTS:
    /// The tables name a configuration first, and the card in the text before them.
    void tablesOfReadmeAreForecasts() {
        static const QRegularExpression cardName(QStringLiteral("--card \"(RTX \\d+)\""));
        static const QRegularExpression fileName(QStringLiteral("^\\| `([a-z0-9-]+\\.yaml)` \\|"));
        QString card;
        QStringList heading;
        int rows = 0;
        for (const QString& line : textOf(QStringLiteral("README.md")).split(u'\n')) {
            if (const auto match = cardName.match(line); match.hasMatch())
                card = match.captured(1);
            QStringList cells;
            for (const QString& cell : line.split(u'|'))
                cells << cell.trimmed();
            if (cells.contains(QStringLiteral("configuration")) || cells.size() == 1)
                heading = cells;
            const auto match = fileName.match(line);
            if (!match.hasMatch() || heading.size() == 1)
                continue;
            const auto cell = [&](const char* column) {
                return cells.value(heading.indexOf(QLatin1String(column)));
            };
            const Forecast found =
                forecast({.config = preset(match.captured(1)), .card = findCard(card.toStdString()).value()});
            QCOMPARE(cell("allocated"), gibibytes(found.peakAllocated));
            QCOMPARE(cell("device"), gibibytes(found.deviceTotal));
            if (heading.contains(QStringLiteral("epoch")))
                QCOMPARE(cell("epoch"), epochMinutes(found));
            ++rows;
        }
        QCOMPARE(rows, 17);
    }

    /// As README.md says: starting without recompute, on cards on which a desktop takes 0.5 GiB.
    void fitFindsFineTuningPresets_data() {
        QTest::addColumn<QString>("model");
        QTest::addColumn<QString>("card");
        QTest::addColumn<QString>("found");
        const QString bs = QStringLiteral("bs-roformer-24gib.yaml");
        const QString mel = QStringLiteral("mel-band-roformer-16gib.yaml");
        QTest::newRow("BS 8") << bs << "RTX 4060"
                              << "bs-roformer.yaml";
        QTest::newRow("BS 12") << bs << "RTX 4070"
                               << "bs-roformer-12gib.yaml";
        QTest::newRow("BS 16") << bs << "RTX 4080"
                               << "bs-roformer-12gib.yaml";
        QTest::newRow("BS 24") << bs << "RTX 4090" << bs;
        QTest::newRow("Mel 8") << mel << "RTX 4060"
                               << "mel-band-roformer.yaml";
        QTest::newRow("Mel 12") << mel << "RTX 4070"
                                << "mel-band-roformer-12gib.yaml";
        QTest::newRow("Mel 16") << mel << "RTX 4080" << mel;
        QTest::newRow("Mel 24") << mel << "RTX 4090" << mel;
    }
    void fitFindsFineTuningPresets() {
        QFETCH(QString, model);
        QFETCH(QString, card);
        QFETCH(QString, found);
        const auto fits = searchFits({.config = preset(model),
                                      .card = findCard(card.toStdString()).value(),
                                      .others = std::int64_t{1} << 29});
        QVERIFY(!fits.value().empty());
        const Fit& best = fits->front();
        for (const OptionDifference& difference : differences(best.config, preset(found)))
            QFAIL(difference.text().c_str());
        QCOMPARE(verdictName(best.forecast.verdict), verdictName(Verdict::Fits));
    }

    /// Of the weights that they fine-tune, without the frequencies of the positions, which are not trained.
    void roformersHaveParametersOfPublishedWeights() {
        QCOMPARE(parameters("bs-roformer.yaml"), 159'758'092 - 64);
        QCOMPARE(parameters("mel-band-roformer.yaml"), 228'202'852 - 64);
        QCOMPARE(parameters("bs-roformer-musdb18.yaml"), 24'591'340 - 64);
        QCOMPARE(parameters("mel-band-roformer-musdb18.yaml"), 69'102'468 - 64);
    }

    /// "159.8 M parameters" and "Forecast: about 5.1 GiB".
    void commentsOfPresetsAreTrue_data() {
        QTest::addColumn<QString>("card"); // that the comment means
        QTest::newRow("bs-roformer.yaml") << "";
        QTest::newRow("bs-roformer-12gib.yaml") << "RTX 4090";
        QTest::newRow("bs-roformer-24gib.yaml") << "RTX 4090";
        QTest::newRow("bs-roformer-musdb18.yaml") << "";
        QTest::newRow("mel-band-roformer.yaml") << "";
        QTest::newRow("mel-band-roformer-12gib.yaml") << "RTX 4090";
        QTest::newRow("mel-band-roformer-16gib.yaml") << "RTX 4090";
        QTest::newRow("mel-band-roformer-musdb18.yaml") << "";
        QTest::newRow("paper-24gib.yaml") << "RTX 4090";
        QTest::newRow("paper-32gib.yaml") << "RTX 5090";
        QTest::newRow("paper-80gib.yaml") << "H100 SXM";
        QTest::newRow("paper-8gib.yaml") << "RTX 4060";
        QTest::newRow("paper-6gib.yaml") << "RTX 4060";
    }
    void commentsOfPresetsAreTrue() {
        QFETCH(QString, card);
        const QString name = QString::fromUtf8(QTest::currentDataTag());
        const QString text = textOf(QStringLiteral("configs/") + name).replace(QStringLiteral("\n# "), " ");
        if (card.isEmpty()) {
            const double millions = 1e-6 * static_cast<double>(parameters(name));
            const QString expected = QStringLiteral("%1 M parameters").arg(millions, 0, 'f', 1);
            QVERIFY2(text.contains(expected), qPrintable(expected));
            return;
        }
        const Forecast found =
            forecast({.config = preset(name), .card = findCard(card.toStdString()).value()});
        const QString expected = QStringLiteral("Forecast: about %1 GiB").arg(gibibytes(found.deviceTotal));
        QVERIFY2(text.contains(expected), qPrintable(expected));
    }
};

HEADROOM_TEST_MAIN(TestPresetForecasts)
#include "tst_preset_forecasts.moc"
