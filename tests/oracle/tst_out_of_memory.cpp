// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/cards/cards.h"
#include "core/config/audio_length.h"
#include "core/config/config_file.h"
#include "core/engine/services.h"
#include "core/forecast/forecaster.h"
#include "tests/core/train/tiny_run.h"
#include "tests/core/train/training_runner.h"
#include "tests/oracle/fake_card.h"
#include "tests/support/strict_main.h"

#include <QProcess>
#include <QRegularExpression>
#include <QTemporaryDir>

#include <algorithm>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <future>
#include <iterator>
#include <string>
#include <variant>
#include <vector>

using namespace headroom;
namespace fs = std::filesystem;

namespace {

constexpr std::int64_t mib = std::int64_t{1} << 20;
constexpr std::int64_t ample = 80 * 1024 * mib;

struct Ended {
    int code = -1;
    std::string err;
};

/// A run as the studio reads it.
struct ReadRun {
    std::vector<TrainingEvent> events;
    std::string problem;

    explicit ReadRun(const fs::path& folder) {
        std::promise<void> end;
        const auto store = makeRunStore();
        store->read(1, folder.string(), 0, [&](const RunPiece& piece) {
            for (const TimedEvent& timed : piece.events)
                events.push_back(timed.event);
            problem += piece.problem;
            if (piece.last)
                end.set_value();
        });
        end.get_future().wait();
    }

    template <typename Event>
    std::vector<Event> all() const {
        return test::allOf<Event>(events);
    }

    /// Allocated bytes after each step of the optimizer.
    std::vector<std::int64_t> allocated() const {
        std::vector<std::int64_t> bytes;
        for (const StepDone& step : all<StepDone>()) {
            if (step.gradNorm)
                bytes.push_back(step.memory->allocated);
        }
        return bytes;
    }
};

/// The batches uploaded to a device, in order: mixtures and targets alternate.
struct Uploads {
    std::vector<int> examples; ///< per upload
    std::string mixtures;      ///< concatenated samples
    std::string targets;
};

/// @param exampleBytes size of a mixture, and of its single target
/// @param failed       number of uploads at the start to skip
Uploads readUploads(const fs::path& file, std::size_t exampleBytes, std::size_t failed) {
    constexpr std::size_t maxExamples = 5;
    std::ifstream stream(file, std::ios::binary);
    const std::string all{std::istreambuf_iterator<char>(stream), {}};
    Uploads uploads;
    for (std::size_t at = 0, size = 0; at < all.size(); at += size) {
        std::memcpy(&size, all.data() + at, sizeof size);
        at += sizeof size;
        if (size == 0 || size % exampleBytes != 0 || size > maxExamples * exampleBytes)
            continue; // not part of a batch
        if (failed > 0) {
            --failed;
            continue;
        }
        (uploads.examples.size() % 2 == 0 ? uploads.mixtures : uploads.targets) += all.substr(at, size);
        uploads.examples.push_back(static_cast<int>(size / exampleBytes));
    }
    return uploads;
}

} // namespace

/// `headroom train` on a card that is too small, with LibTorch's real CUDA code and allocator. Nothing is
/// computed; tests on the CPU compare the results of updates.
class TestOutOfMemory : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() {
        config_ = run_.config();
        config_.audio.segmentLength = 1;
        config_.model.hiddenDim = 64;
        config_.model.numLayers = 2;
        config_.training.batchSize = 5;
        std::ofstream(path("config.yaml")) << dumpConfig(config_);
    }

    /// A micro-batch of five does not fit, one of three does: the same examples arrive in micro-batches of
    /// two and three, and nothing else changes.
    void splitsBatchIntoSmallerMicroBatches() {
        const std::int64_t capacity = (need(3) + need(5)) / 2;
        const Ended whole = train("whole", ample, {"--max-steps", "5"});
        QVERIFY2(whole.code == 0, whole.err.c_str());
        const Ended split = train("split", capacity, {"--max-steps", "5"});
        QVERIFY2(split.code == 0, split.err.c_str());

        const ReadRun expected(path("whole"));
        const ReadRun journal(path("split"));
        QCOMPARE(journal.problem, std::string());
        QVERIFY(expected.all<OutOfMemory>().empty());
        const auto shortages = journal.all<OutOfMemory>();
        QCOMPARE(shortages.size(), std::size_t(1));
        QCOMPARE(shortages[0].step, std::int64_t(1));
        QCOMPARE(shortages[0].microBatchBefore, 5);
        QCOMPARE(shortages[0].microBatchAfter, 3);
        QVERIFY(shortages[0].message.find("out of memory") != std::string::npos);
        QCOMPARE(journal.all<StepDone>().size(), std::size_t(5));
        QCOMPARE(journal.all<Finished>().size(), std::size_t(1));
        QCOMPARE(journal.allocated(), expected.allocated());

        const ResumeState reached = test::newestCheckpoint(path("split")).state;
        const ResumeState goal = test::newestCheckpoint(path("whole")).state;
        QCOMPARE(reached.microBatch, 3);
        QCOMPARE(reached.progress.nextExample, goal.progress.nextExample);
        QCOMPARE(reached.progress.update, goal.progress.update);

        const Uploads given = uploads("whole");
        QCOMPARE(given.examples, std::vector<int>(10, 5));
        // The mixture of the batch that did not fit, and its targets if they were uploaded.
        const std::size_t failed = uploads("split").examples[1] == 5 ? 2 : 1;
        const Uploads retried = uploads("split", failed);
        std::vector<int> examples;
        for (int step = 0; step < 5; ++step)
            examples.insert(examples.end(), {2, 2, 3, 3});
        QCOMPARE(retried.examples, examples);
        QVERIFY(retried.mixtures == given.mixtures);
        QVERIFY(retried.targets == given.targets);
    }

    /// A run from another card, on which not even one example fits: the suggested changes help.
    void savesCheckpointAndSuggestsChangesThatFit() {
        // Recompute must be enough: a run cannot be resumed with another precision.
        RunConfig recomputed = config_;
        recomputed.model.useGradientCheckpointing = true;
        recomputed.model.recomputeSlices = 256;
        const std::int64_t least =
            std::max(forecastOf(config_).phase(RunPhase::Validation).peakReserved, need(recomputed));
        QVERIFY(need(1) > least + 8 * mib);
        const std::int64_t capacity = (need(1) + least) / 2;
        const Ended begun = train("saved", ample, {"--max-steps", "4"});
        QVERIFY2(begun.code == 0, begun.err.c_str());
        const Ended ended = train("saved", capacity, {"--resume", "--max-steps", "5"});
        QCOMPARE(ended.code, 1);

        const ReadRun journal(path("saved"));
        const auto shortages = journal.all<OutOfMemory>();
        QCOMPARE(shortages.size(), std::size_t(3));
        QCOMPARE(shortages.back().microBatchAfter, 1);
        const auto* failed = std::get_if<Failed>(&journal.events.back());
        QVERIFY(failed != nullptr);
        QCOMPARE(failed->category, std::string("out_of_memory"));
        QCOMPARE(failed->step, std::int64_t(4));
        QVERIFY2(ended.err.find(failed->remedy) != std::string::npos, ended.err.c_str());
        QCOMPARE(test::newestCheckpoint(path("saved")).state.progress.step, std::int64_t(4));

        QStringList arguments = {"--resume", "--max-steps", "5"};
        static const QRegularExpression change(QStringLiteral("[a-z_]+\\.[a-z_]+=[^ ,:]+"));
        for (auto found = change.globalMatch(QString::fromStdString(failed->remedy)); found.hasNext();)
            arguments << "--set" << found.next().captured();
        QVERIFY2(arguments.size() > 3, failed->remedy.c_str());
        const Ended helped = train("saved", capacity, arguments);
        QVERIFY2(helped.code == 0, helped.err.c_str());
        QCOMPARE(test::newestCheckpoint(path("saved")).state.progress.step, std::int64_t(5));
    }

    /// A large card of which all but that much is to stay free is like the small card.
    void memoryReserveLimitsTheRun() {
        const std::int64_t capacity = (need(3) + need(5)) / 2;
        const double reserve = static_cast<double>(ample - capacity) / static_cast<double>(1024 * mib);
        const QString option = "memory.reserve=" + QString::number(reserve, 'g', 17);
        const Ended kept = train("kept", ample, {"--max-steps", "3", "--set", option});
        QVERIFY2(kept.code == 0, kept.err.c_str());
        const auto shortages = ReadRun(path("kept")).all<OutOfMemory>();
        QCOMPARE(shortages.size(), std::size_t(1));
        QCOMPARE(shortages[0].microBatchAfter, 3);
        const Ended nothing = train("nothing", ample, {"--set", "memory.reserve=81"});
        QCOMPARE(nothing.code, 1);
        QVERIFY2(nothing.err.find("Lower memory.reserve") != std::string::npos, nothing.err.c_str());
    }

private:
    std::string path(const std::string& name) const {
        return (fs::path(folder_.path().toStdString()) / name).string();
    }

    /// The card, without a context: the fake runtime has none.
    static Card card() {
        Card card = findCard("RTX 4070").value();
        card.contextLow = card.contextHigh = 0;
        return card;
    }

    static Forecast forecastOf(const RunConfig& config) {
        return forecast({.config = config, .card = card()});
    }

    static std::int64_t need(const RunConfig& config) { return forecastOf(config).minimumCapacity; }

    std::int64_t need(int batch) const {
        RunConfig config = config_;
        config.training.batchSize = batch;
        return need(config);
    }

    Ended train(const std::string& run, std::int64_t capacity, const QStringList& arguments) const {
        QProcess process;
        QProcessEnvironment environment = test::fakeCard(card(), capacity);
        environment.insert("FAKECUDA_UPLOADS", QString::fromStdString(path(run + ".uploads")));
        process.setProcessEnvironment(environment);
        process.start(HEADROOM_PROGRAM, QStringList{"train", "--device", "cuda", "--threads", "1", "--run",
                                                    QString::fromStdString(path(run)), "--config",
                                                    QString::fromStdString(path("config.yaml"))} +
                                            arguments);
        constexpr int timeout = 300'000; // ms; only a hanging program takes as long
        if (!process.waitForFinished(timeout))
            process.kill();
        return {process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1,
                process.readAllStandardError().toStdString()};
    }

    Uploads uploads(const std::string& run, std::size_t failed = 0) const {
        const auto frames = segmentSamples(config_.audio);
        return readUploads(path(run + ".uploads"), static_cast<std::size_t>(frames) * sizeof(float), failed);
    }

    test::TinyRun run_;
    QTemporaryDir folder_;
    RunConfig config_;
};

HEADROOM_TEST_MAIN(TestOutOfMemory)
#include "tst_out_of_memory.moc"
