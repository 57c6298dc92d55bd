// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/train/training_run.h"
#include "tests/core/train/tiny_run.h"
#include "tests/support/strict_main.h"

#include <ATen/ATen.h>
#include <ATen/Parallel.h>
#include <QTemporaryDir>

#include <cmath>
#include <limits>
#include <set>

using namespace headroom;
namespace fs = std::filesystem;

namespace {

/// Examples that depend only on their number; those in `bad` contain a NaN.
class BadSource final : public ExampleSource {
public:
    explicit BadSource(std::set<std::int64_t> bad) : bad_(std::move(bad)) {}

    Example example(std::int64_t number, std::int64_t frames) const override {
        Example example;
        example.mixture = AudioBuffer(1, frames);
        for (std::int64_t i = 0; i < frames; ++i)
            example.mixture.channel(0)[i] = std::sin(0.1F * static_cast<float>((number + 1) * i));
        if (bad_.contains(number))
            example.mixture.channel(0)[frames / 2] = std::numeric_limits<float>::quiet_NaN();
        example.targets = {example.mixture};
        example.origins = {{"song " + std::to_string(number), "vocals", 12.34, 1}};
        return example;
    }
    std::int64_t exampleBytes(std::int64_t frames) const override { return 2 * 4 * frames; }

private:
    std::set<std::int64_t> bad_;
};

} // namespace

/// Handling of non-finite losses.
class TestTrainingRun : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { at::set_num_threads(1); }

    void init() {
        config_ = run_.config();
        config_.training.batchSize = 1;
        events_.clear();
    }

    /// Groups are examples 0-2, 3-4, 5-7, 8-9, ...
    void skipsUpdateOfBadBatchAndNamesIt() {
        train({4}, 10);
        const auto bad = all<NonFinite>();
        QCOMPARE(bad.size(), std::size_t(1));
        QCOMPARE(bad[0].step, std::int64_t(5));
        QCOMPARE(bad[0].count, std::int64_t(1));
        QCOMPARE(bad[0].examples, (std::vector<std::string>{"song 4/vocals at 12.3 s"}));

        const auto steps = all<StepDone>();
        QVERIFY(std::isnan(steps[4].loss));
        QCOMPARE(steps[4].update, steps[2].update); // the update was skipped
        QCOMPARE(steps[7].update, steps[2].update + 1);
        for (const std::size_t good : {0, 1, 2, 3, 5, 6, 7, 8, 9})
            QVERIFY(std::isfinite(steps[good].loss));
    }

    /// A skipped update does not change weights, EMA and optimizer state.
    void skippedGroupChangesNothing() {
        const Checkpoint before = train({}, 3);
        const Checkpoint after = train({4}, 5);
        for (const auto& [name, tensor] : before.tensors.weights)
            QVERIFY(at::equal(tensor, after.tensors.weights.at(name)));
        for (const auto& [name, tensor] : before.tensors.ema)
            QVERIFY(at::equal(tensor, after.tensors.ema.at(name)));
        for (const auto& [name, tensor] : before.tensors.optimizer)
            QVERIFY(at::equal(tensor, after.tensors.optimizer.at(name)));
    }

    void savesLastGoodStateWhenRunDiverges() {
        config_.training.nonFiniteLimit = 2;
        fs::path folder;
        QVERIFY_EXCEPTION_THROWN(train({3, 5, 6, 7}, 20, &folder), DivergedError);
        QCOMPARE(all<NonFinite>().size(), std::size_t(2));
        QCOMPARE(all<NonFinite>()[1].examples.size(), std::size_t(3));
        QCOMPARE(all<StepDone>().size(), std::size_t(8));

        const Checkpoint saved = readCheckpoint(folder / "checkpoints" / "step-00000008");
        QCOMPARE(saved.state.progress.skippedUpdates, std::int64_t(2));
        for (const auto& [name, tensor] : saved.tensors.weights)
            QVERIFY(at::isfinite(tensor).all().item<bool>());
    }

    void checksSpaceBeforeFirstStep() {
        const RunFolder folder = RunFolder::begin(freshFolder(), config_);
        QVERIFY_EXCEPTION_THROWN(
            requireSpaceForCheckpoints(folder.paths().checkpoints(), std::uint64_t{1} << 60, 3, 0), Error);
    }

private:
    fs::path freshFolder() { return fs::path(temporary_.path().toStdString()) / std::to_string(++folders_); }

    /// Trains a new run to this step and returns its last checkpoint.
    Checkpoint train(std::set<std::int64_t> bad, std::int64_t steps, fs::path* where = nullptr) {
        const RunFolder folder = RunFolder::begin(freshFolder(), config_);
        if (where != nullptr)
            *where = folder.paths().root;
        const AudioFormat format{config_.audio.sampleRate, config_.audio.channels};
        PreparedRun prepared{
            .config = config_,
            .folder = &folder,
            .maxSteps = steps,
            .device = at::kCPU,
            .memory = MemoryMonitor(at::kCPU),
            .step = std::make_unique<TrainStep>(config_, at::kCPU),
            .state = {},
            .validator = std::make_unique<Validator>(std::vector<Song>{}, format, config_.data.targets),
            .audition = {},
            .loader = std::make_unique<Loader>(std::make_unique<BadSource>(std::move(bad)), LoaderOptions{},
                                               [](const std::string&) {})};
        RunControl control;
        TrainingRun run(std::move(prepared), control,
                        [this](const TrainingEvent& event) { events_.push_back(event); });
        run.preflight();
        run.run();
        return readCheckpoint(CheckpointStore(folder.paths().checkpoints()).path(steps));
    }

    template <typename Event>
    std::vector<Event> all() const {
        std::vector<Event> found;
        for (const auto& event : events_) {
            if (const auto* match = std::get_if<Event>(&event))
                found.push_back(*match);
        }
        return found;
    }

    test::TinyRun run_;
    QTemporaryDir temporary_;
    int folders_ = 0;
    RunConfig config_;
    std::vector<TrainingEvent> events_;
};

HEADROOM_TEST_MAIN(TestTrainingRun)
#include "tst_training_run.moc"
