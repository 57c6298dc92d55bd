// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/train/training_run.h"
#include "tests/core/train/same_checkpoint.h"
#include "tests/core/train/tiny_run.h"
#include "tests/support/strict_main.h"

#include <ATen/ATen.h>
#include <ATen/Parallel.h>
#include <QTemporaryDir>

#include <cmath>
#include <functional>
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
    std::int64_t exampleBytes(std::int64_t frames) const override { return 8 * frames; }

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
        freesWhenPaused_ = false;
        react_ = {};
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
        QVERIFY_THROWS_EXCEPTION(DivergedError, train({3, 5, 6, 7}, 20, &folder));
        QCOMPARE(all<NonFinite>().size(), std::size_t(2));
        QCOMPARE(all<NonFinite>()[1].examples.size(), std::size_t(3));
        QCOMPARE(all<StepDone>().size(), std::size_t(8));

        const Checkpoint saved = readCheckpoint(folder / "checkpoints" / "step-00000008");
        QCOMPARE(saved.state.progress.skippedUpdates, std::int64_t(2));
        for (const auto& [name, tensor] : saved.tensors.weights)
            QVERIFY(at::isfinite(tensor).all().item<bool>());
    }

    /// As on a card: the state is in host memory during the pause, also in the middle of a group.
    void pauseFreesTheMemoryAndIsExact() {
        const Checkpoint straight = train({}, 8);
        freesWhenPaused_ = true;
        for (const int step : {3, 4}) {
            react_ = [this, step](const TrainingEvent& event, RunControl& control) {
                if (const auto* done = std::get_if<StepDone>(&event); done && done->step == step)
                    control.pause();
                if (std::holds_alternative<Paused>(event)) {
                    for (const auto& [name, tensor] : step_->state().optimizer)
                        QVERIFY2(tensor.storage().nbytes() == 0, name.c_str());
                    control.requestSave();
                }
                if (std::holds_alternative<CheckpointSaved>(event))
                    control.resume();
            };
            fs::path folder;
            const Checkpoint paused = train({}, 8, &folder);
            QCOMPARE(all<Paused>().size(), std::size_t(1));
            QCOMPARE(all<Resumed>().size(), std::size_t(1));
            const std::string found = test::difference(paused, straight);
            QVERIFY2(found.empty(), found.c_str());
            // What was saved meanwhile is the state of that step.
            const Checkpoint saved = readCheckpoint(CheckpointStore(folder / "checkpoints").path(step));
            react_ = {};
            const std::string other = test::difference(saved, train({}, step));
            QVERIFY2(other.empty(), other.c_str());
            events_.clear();
        }
    }

    void savesTheFreedStateWhenStopped() {
        const Checkpoint straight = train({}, 4);
        freesWhenPaused_ = true;
        react_ = [](const TrainingEvent& event, RunControl& control) {
            if (const auto* done = std::get_if<StepDone>(&event); done && done->step == 4)
                control.pause();
            if (std::holds_alternative<Paused>(event))
                control.requestStop();
        };
        fs::path folder;
        QVERIFY_THROWS_EXCEPTION(Error, train({}, 8, &folder)); // it has no checkpoint of step 8
        const Checkpoint saved = readCheckpoint(CheckpointStore(folder / "checkpoints").path(4));
        const std::string found = test::difference(saved, straight);
        QVERIFY2(found.empty(), found.c_str());
    }

    void checksSpaceBeforeFirstStep() {
        const RunFolder folder = RunFolder::begin(freshFolder(), config_);
        QVERIFY_THROWS_EXCEPTION(
            Error, requireSpaceForCheckpoints(folder.paths().checkpoints(), std::uint64_t{1} << 60, 3, 0));
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
                                               [](const std::string&) {}),
            .freesWhenPaused = freesWhenPaused_};
        step_ = prepared.step.get();
        RunControl control;
        TrainingRun run(std::move(prepared), control, [&](const TrainingEvent& event) {
            events_.push_back(event);
            if (react_)
                react_(event, control);
        });
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
    TrainStep* step_ = nullptr; ///< of the run in progress
    bool freesWhenPaused_ = false;
    std::function<void(const TrainingEvent&, RunControl&)> react_;
};

HEADROOM_TEST_MAIN(TestTrainingRun)
#include "tst_training_run.moc"
