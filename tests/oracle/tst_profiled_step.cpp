// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/allocator/replay.h"
#include "core/cards/cards.h"
#include "core/config/config_file.h"
#include "core/forecast/forecaster.h"
#include "core/forecast/step_recording.h"
#include "core/model/allocator_settings.h"
#include "tests/oracle/fake_card.h"
#include "tests/support/strict_main.h"

#include <QProcess>

using namespace headroom;

namespace {

constexpr std::int64_t plenty = std::int64_t{2} << 40;

/// The forecast: memory after each event of the last step.
std::vector<ReplayState> forecastTimeline(const RunConfig& config, const Card& card) {
    const Recording recording = recordSteps(config, card);
    const std::int64_t begin = recording.stream.passages.back().begin;
    std::vector<ReplayState> timeline;
    replay(recording.stream, {.capacity = plenty, .settings = allocatorSettings(card)},
           [&](const ReplayState& state) {
               if (state.event == begin)
                   timeline.clear();
               timeline.push_back(state);
           });
    return timeline;
}

} // namespace

/// Compares a profile of a step, measured on LibTorch's real CUDA code, with the forecast timeline.
class TestProfiledStep : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void profileEqualsForecast() {
        const QString file = HEADROOM_SOURCE_DIR "/configs/demo.yaml";
        const Card card = findCard("RTX 4090").value();
        QProcess process;
        process.setProcessEnvironment(test::fakeCard(card, plenty));
        process.start(ORACLE_PROFILE, {file});
        constexpr int timeout = 300'000; // ms
        QVERIFY(process.waitForFinished(timeout));
        const QList<QByteArray> lines = process.readAllStandardOutput().trimmed().split('\n');
        QVERIFY2(lines.size() > 1000, process.readAllStandardError().constData());

        const RunConfig config = loadConfig(file.toStdString());
        const auto events = headroom::forecast({.config = config, .card = card}).events;
        QCOMPARE(lines.last().split(' ')[0].toLongLong(), static_cast<qlonglong>(events));
        const std::vector<ReplayState> forecast = forecastTimeline(config, card);
        for (const QByteArray& point : lines) {
            const QList<QByteArray> numbers = point.split(' ');
            const auto event = numbers[0].toLongLong();
            QVERIFY2(event >= 1 && event <= std::ssize(forecast), point.constData());
            const ReplayState& state = forecast[static_cast<std::size_t>(event - 1)];
            QVERIFY2(
                numbers[1].toLongLong() == state.allocated && numbers[2].toLongLong() == state.reserved,
                qPrintable(
                    QStringLiteral("%1, but %2 %3").arg(point).arg(state.allocated).arg(state.reserved)));
        }
    }
};

HEADROOM_TEST_MAIN(TestProfiledStep)
#include "tst_profiled_step.moc"
