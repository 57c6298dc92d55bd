#include "core/config/config_file.h"
#include "core/forecast/fit_search.h"
#include "core/forecast/step_recording.h"
#include "core/memory/cards.h"
#include "core/memory/replay.h"
#include "tests/oracle/fake_card.h"
#include "tests/support/step_setting.h"
#include "tests/support/strict_main.h"

#include <QProcess>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <fmt/format.h>

#include <fstream>

using namespace headroom;

namespace {

constexpr std::int64_t plenty = std::int64_t{2} << 40;

struct Peaks {
    std::int64_t allocated = 0;
    std::int64_t reserved = 0;
    bool operator==(const Peaks&) const = default;
};

Peaks forecastPeaks(const RunConfig& config, const Card& card, const AllocatorSettings& settings) {
    const Recording recording = recordTraining(config, card);
    const auto statistics = replay(recording.stream, {.capacity = plenty, .settings = settings}).statistics;
    return {statistics.allocatedPeak, statistics.reservedPeak};
}

/// One card of each kind that the wheel has kernels for and many people have.
std::vector<Card> cards() {
    std::vector<Card> list;
    for (const char* name : {"RTX 3060", "RTX 4090", "H100 80 GB", "RTX 5090"})
        list.push_back(findCard(name).value());
    return list;
}

} // namespace

/// A forecast against LibTorch's own CUDA code, which asks a runtime that does nothing.
class TestCudaMemory : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { QVERIFY(folder_.isValid()); }

    void presets_data() {
        QTest::addColumn<QString>("file");
        QTest::addColumn<int>("card");
        const QStringList files = {"paper.yaml",      "guide-before.yaml", "guide-after.yaml",
                                   "demo.yaml",       "paper-3gib.yaml",   "paper-4gib.yaml",
                                   "paper-6gib.yaml", "paper-8gib.yaml"};
        for (int i = 0; i < files.size(); ++i)
            QTest::addRow("%s", qPrintable(files[i])) << files[i] << i % 4;
    }
    void presets() {
        QFETCH(QString, file);
        QFETCH(int, card);
        compare(loadConfig((HEADROOM_SOURCE_DIR "/configs/" + file).toStdString()),
                cards()[static_cast<std::size_t>(card)]);
    }

    void expandableSegments_data() {
        QTest::addColumn<QString>("file");
        for (const char* file : {"paper-8gib.yaml", "paper-6gib.yaml", "paper-4gib.yaml"})
            QTest::newRow(file) << file;
    }
    void expandableSegments() {
        QFETCH(QString, file);
        compare(loadConfig((HEADROOM_SOURCE_DIR "/configs/" + file).toStdString()),
                findCard("RTX 4090").value(), {.expandableSegments = true});
    }

    void whatFitProposesRunsInWhatThereIs_data() {
        QTest::addColumn<int>("gibibytes");
        for (const int gibibytes : {6, 8, 12, 16, 24})
            QTest::addRow("%d GiB", gibibytes) << gibibytes;
    }
    void whatFitProposesRunsInWhatThereIs() {
        QFETCH(int, gibibytes);
        ForecastRequest request{.config = loadConfig(HEADROOM_SOURCE_DIR "/configs/paper.yaml"),
                                .card = findCard("RTX 4090").value()};
        request.card.capacity = std::int64_t{gibibytes} << 30;
        const std::vector<Fit> fits = searchFits(request).value();
        QVERIFY(!fits.empty());
        const QString path = folder_.filePath("config.yaml");
        std::ofstream(path.toStdString()) << dumpConfig(fits.front().config);
        QVERIFY(truePeaks(path, request.card, request.card.capacity - request.card.contextHigh).allocated >
                0);
    }

    void drawnSettings() {
        constexpr std::uint64_t settings = 32;
        const std::uint64_t seed = test::chosenSeed();
        const std::vector<Card> all = cards();
        for (std::uint64_t i = 0; i < settings; ++i) {
            compare(test::drawStepSetting(seed + i, test::StepSize::Large), all[i % all.size()]);
            if (QTest::currentTestFailed())
                return;
        }
    }

    void theSmallestCapacityIsEnoughAndNoLessIs() {
        const RunConfig config = loadConfig(HEADROOM_SOURCE_DIR "/configs/demo.yaml");
        const Card card = findCard("RTX 4070").value();
        const Recording recording = recordTraining(config, card);
        const ReplayDevice device{.capacity = plenty};
        const std::int64_t least =
            minimumCapacity(recording.stream, device, replay(recording.stream, device));
        const QString path = folder_.filePath("config.yaml");
        std::ofstream(path.toStdString()) << dumpConfig(config);
        QVERIFY(truePeaks(path, card, least).allocated > 0);
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression("out of memory"));
        QCOMPARE(truePeaks(path, card, least - (std::int64_t{2} << 20)).allocated, 0);
    }

private:
    void compare(const RunConfig& config, const Card& card, const AllocatorSettings& settings = {}) {
        const std::string yaml = dumpConfig(config);
        const QString path = folder_.filePath("config.yaml");
        std::ofstream(path.toStdString()) << yaml;
        const Peaks truth = truePeaks(path, card, plenty, settings);
        const Peaks told = forecastPeaks(config, card, settings);
        fmt::print("{}: allocated {} ({:+}), reserved {} ({:+})\n", card.name, truth.allocated,
                   told.allocated - truth.allocated, truth.reserved, told.reserved - truth.reserved);
        QVERIFY2(told == truth, (card.name + "\n" + yaml).c_str());
    }

    static Peaks truePeaks(const QString& config, const Card& card, std::int64_t capacity = plenty,
                           const AllocatorSettings& settings = {}) {
        QProcess process;
        QProcessEnvironment environment = test::fakeCard(card, capacity);
        if (settings.expandableSegments)
            environment.insert("PYTORCH_CUDA_ALLOC_CONF", "expandable_segments:True");
        process.setProcessEnvironment(environment);
        process.start(ORACLE_STEP, {config});
        constexpr int longest = 300'000;
        if (!process.waitForFinished(longest))
            process.kill();
        const QByteArray output = process.readAllStandardOutput();
        const QList<QByteArray> numbers = output.trimmed().split(' ');
        if (numbers.size() != 2)
            qWarning("%s%s", output.constData(), process.readAllStandardError().constData());
        return numbers.size() == 2 ? Peaks{numbers[0].toLongLong(), numbers[1].toLongLong()} : Peaks{};
    }

    QTemporaryDir folder_;
};

HEADROOM_TEST_MAIN(TestCudaMemory)
#include "tst_cuda_memory.moc"
