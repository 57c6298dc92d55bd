// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/train/rank_agreement.h"
#include "core/train/rank_device.h"
#include "tests/support/bad_files.h"
#include "tests/support/rank_threads.h"
#include "tests/support/small_config.h"
#include "tests/support/strict_main.h"

#include <ATen/ATen.h>

#include <array>
#include <limits>

using namespace headroom;
using test::smallConfig;

namespace {

constexpr int rankCount = 3;
const std::vector<std::string> noErrors(rankCount);

std::size_t rankOf(const ProcessGroup& group) {
    return static_cast<std::size_t>(group.place().rank);
}

TrainingRequest requestOf(const RunConfig& config) {
    TrainingRequest request{.config = config, .runFolder = "run"};
    request.config.training.gradientAccumulationSteps = 6;
    return request;
}

} // namespace

/// What ranks agree on, as threads.
class TestRankAgreement : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void startsInTheFolderOfTheFirst() {
        std::array<std::string, rankCount> folders;
        const auto errors = threads_.run(rankCount, [&](ProcessGroup& group) {
            TrainingRequest request = requestOf(RunConfig());
            request.runFolder += std::to_string(rankOf(group));
            request.config.data.root = "/songs" + std::to_string(rankOf(group)); // may differ
            folders[rankOf(group)] = agreeOnStart(group, request, c10::kCPU).runFolder;
        });
        QCOMPARE(errors, noErrors);
        for (const std::string& folder : folders)
            QCOMPARE(folder, std::string("run0"));
    }

    void refusesDifferencesOnAllRanks_data() {
        QTest::addColumn<int>("what");
        QTest::addColumn<std::string>("message");
        QTest::newRow("option") << 0
                                << std::string(
                                       "the ranks differ in training.seed: 42 on rank 0, 7 on rank 2");
        QTest::newRow("resume") << 1
                                << std::string(
                                       "the ranks differ in --resume: a new run on rank 0, resume on rank 2");
        QTest::newRow("device")
            << 2 << std::string("the ranks differ in their kind of device: cpu on rank 0, cuda on rank 2");
    }
    void refusesDifferencesOnAllRanks() {
        QFETCH(int, what);
        QFETCH(std::string, message);
        const auto errors = threads_.run(rankCount, [&](ProcessGroup& group) {
            TrainingRequest request = requestOf(RunConfig());
            request.config.training.seed = 42;
            const bool differs = group.place().rank == 2;
            if (differs && what == 0)
                request.config.training.seed = 7;
            if (differs && what == 1)
                request.resume = true;
            agreeOnStart(group, request, differs && what == 2 ? c10::kCUDA : c10::kCPU);
        });
        QCOMPARE(errors, std::vector<std::string>(rankCount, message));
    }

    /// Only rank 0 may see the folder.
    void restartedRanksDoAsTheFirst() {
        std::array<bool, rankCount> resume{};
        const auto errors = threads_.run(rankCount, [&](ProcessGroup& group) {
            TrainingRequest request = requestOf(RunConfig());
            request.place.attempt = "1";
            request.resume = group.place().isFirst();
            resume[rankOf(group)] = agreeOnStart(group, request, c10::kCPU).resume;
        });
        QCOMPARE(errors, noErrors);
        QCOMPARE(resume, (std::array{true, true, true}));
    }

    void refusesOtherSongs() {
        const auto errors = threads_.run(rankCount, [&](ProcessGroup& group) {
            agreeOnSongs(group, group.place().rank == 1 ? "4 songs (b)" : "5 songs (a)");
        });
        QCOMPARE(errors, std::vector<std::string>(
                             rankCount, "the ranks differ in their songs: 5 songs (a) on rank 0, 4 songs (b) "
                                        "on rank 1"));
    }

    void anyRankDecides() {
        std::array<bool, rankCount> none{};
        std::array<bool, rankCount> one{};
        const auto errors = threads_.run(rankCount, [&](ProcessGroup& group) {
            none[rankOf(group)] = anyRank(group, false);
            one[rankOf(group)] = anyRank(group, rankOf(group) == 1);
        });
        QCOMPARE(errors, noErrors);
        QCOMPARE(none, (std::array{false, false, false}));
        QCOMPARE(one, (std::array{true, true, true}));
    }

    /// Weights, averages, optimizer and progress are those of rank 0. Its open group stays with it.
    void copiesTheStateOfTheFirst() {
        std::array<bool, rankCount> same{};
        std::array<std::size_t, rankCount> gradients{};
        std::array<ResumeState, rankCount> states;
        at::Tensor expected;
        RunConfig config = smallConfig();
        config.training.emaDecay = 0.9;
        TrainStep first(config, at::kCPU);
        const at::Tensor mixture = at::rand({1, 1, 1100});
        const at::Tensor targets = mixture.unsqueeze(1) * 0.5;
        for (int i = 0; i < 2; ++i)
            first.forwardBackward(mixture, targets, 0.5);
        first.update(1e-2);
        first.forwardBackward(mixture, targets, 0.5);
        const auto errors = threads_.run(rankCount, [&](ProcessGroup& group) {
            group.connect(c10::kCPU);
            std::optional<TrainStep> own;
            if (!group.place().isFirst()) {
                RunConfig other = config;
                other.training.seed = 1000 + group.place().rank;
                own.emplace(other, at::kCPU);
            }
            TrainStep& step = own ? *own : first;
            ResumeState& state = states[rankOf(group)];
            if (group.place().isFirst())
                state.progress.step = 77;
            copyState(group, state, step);
            gradients[rankOf(group)] = step.state().group.size();
            bool equal = true;
            group.gather("first may be read");
            for (const auto& [name, tensor] : first.state().weights)
                equal = equal && at::equal(tensor, step.state().weights.at(name));
            for (const auto& [name, tensor] : first.state().ema)
                equal = equal && at::equal(tensor, step.state().ema.at(name));
            for (const auto& [name, tensor] : first.state().optimizer)
                equal = equal && at::equal(tensor, step.state().optimizer.at(name));
            same[rankOf(group)] = equal;
        });
        QCOMPARE(errors, noErrors);
        QCOMPARE(same, (std::array{true, true, true}));
        for (const ResumeState& state : states)
            QCOMPARE(state.progress.step, std::int64_t{77});
        QVERIFY(gradients[0] > 0);
        QCOMPARE(gradients[1], std::size_t{0});
        QCOMPARE(gradients[2], std::size_t{0});
    }

    void requestsOfAllRanksCount() {
        std::array<RankDecision, rankCount> decisions;
        const auto errors = threads_.run(rankCount, [&](ProcessGroup& group) {
            RankRequests mine;
            mine.stop = rankOf(group) == 1;
            mine.isLate = rankOf(group) == 2;
            mine.peakReserved = 100 + group.place().rank;
            mine.changes = {{"training.batch_size", std::to_string(rankOf(group))}};
            decisions[rankOf(group)] = agreeOnRequests(group, mine);
        });
        QCOMPARE(errors, noErrors);
        for (const RankDecision& decision : decisions) {
            QVERIFY(decision.stop);
            QVERIFY(decision.isLate);
            QCOMPARE(decision.peakReserved, (std::vector<std::int64_t>{100, 101, 102}));
            QCOMPARE(decision.changes.size(), std::size_t{1});
            QCOMPARE(decision.changes[0].value, std::string("0"));
        }
    }

    /// In the order of the songs, with every bit of their scores.
    void resultsComeInTheOrderOfTheSongs() {
        std::array<std::optional<std::vector<SongResult>>, rankCount> all;
        const double odd = 0.1 + 0.2;
        const double infinite = std::numeric_limits<double>::infinity();
        const auto errors = threads_.run(rankCount, [&](ProcessGroup& group) {
            std::vector<SongResult> mine;
            for (std::size_t number = rankOf(group); number < 5; number += rankCount)
                mine.push_back({.number = number,
                                .song = "song " + std::to_string(number),
                                .stems = {{"vocals", {odd, infinite, std::nullopt}}},
                                .fault = number == 3 ? "bad" : ""});
            all[rankOf(group)] = shareResults(group, mine);
        });
        QCOMPARE(errors, noErrors);
        for (const auto& results : all) {
            QCOMPARE(results->size(), std::size_t{5});
            for (std::size_t number = 0; number < 5; ++number) {
                const SongResult& result = results->at(number);
                QCOMPARE(result.song, "song " + std::to_string(number));
                QCOMPARE(result.fault, std::string(number == 3 ? "bad" : ""));
                const StemScore& score = result.stems.at("vocals");
                QVERIFY(*score.cSdr == odd && *score.uSdr == infinite && !score.siSdr);
            }
        }
    }

    void aStoppedRankLeavesNoResults() {
        std::array<bool, rankCount> any{};
        const auto errors = threads_.run(rankCount, [&](ProcessGroup& group) {
            std::optional<std::vector<SongResult>> mine;
            if (rankOf(group) != 2)
                mine.emplace();
            any[rankOf(group)] = shareResults(group, mine).has_value();
        });
        QCOMPARE(errors, noErrors);
        QCOMPARE(any, (std::array{false, false, false}));
    }

    /// Those of ranks with a bad loss; of all ranks if no loss was bad.
    void suspectsAreThoseOfBadLosses() {
        std::array<std::vector<std::string>, rankCount> withLoss;
        std::array<std::vector<std::string>, rankCount> withoutLoss;
        const auto errors = threads_.run(rankCount, [&](ProcessGroup& group) {
            const std::vector<std::string> mine = {"common", "song of rank " + std::to_string(rankOf(group))};
            withLoss[rankOf(group)] = shareSuspects(group, mine, rankOf(group) == 1);
            withoutLoss[rankOf(group)] = shareSuspects(group, mine, false);
        });
        QCOMPARE(errors, noErrors);
        for (const auto& suspects : withLoss)
            QCOMPARE(suspects, (std::vector<std::string>{"common", "song of rank 1"}));
        for (const auto& suspects : withoutLoss)
            QCOMPARE(suspects, (std::vector<std::string>{"common", "song of rank 0", "song of rank 1",
                                                         "song of rank 2"}));
    }

    void moreRanksThanCardsAreRefused() {
        const std::vector<UsableCard> cards = {{{.name = "RTX 4090"}, c10::Device(c10::kCUDA, 0)},
                                               {{.name = "RTX 3060"}, c10::Device(c10::kCUDA, 2)}};
        QCOMPARE(rankCard(cards, {.rank = 5, .ranks = 6, .localRank = 1}), std::size_t{1});
        const std::string message =
            test::errorOf([&] { rankCard(cards, {.rank = 6, .ranks = 8, .localRank = 2}); });
        QVERIFY2(message.find("rank 6 is number 2 on this machine, counted from 0, but there are only 2 that "
                              "LibTorch can use: cuda:0 (RTX 4090), cuda:2 (RTX 3060)") != std::string::npos,
                 message.c_str());
    }

private:
    test::RankThreads threads_;
};

HEADROOM_TEST_MAIN(TestRankAgreement)
#include "tst_rank_agreement.moc"
