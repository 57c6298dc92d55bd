// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/support/rank_threads.h"
#include "tests/support/strict_main.h"

#include <ATen/ATen.h>

#include <atomic>
#include <latch>

using namespace headroom;
using test::RankThreads;

namespace {

constexpr int rankCount = 3;
const std::vector<std::string> noErrors(rankCount);

} // namespace

/// Ranks as threads. tst_ranks tests processes.
class TestProcessGroup : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void gathersValuesOfAllRanks() {
        std::array<std::vector<std::string>, rankCount> last;
        const auto errors = threads_.run(rankCount, [&](ProcessGroup& group) {
            const auto rank = static_cast<std::size_t>(group.place().rank);
            for (int i = 0; i < 20; ++i)
                last[rank] = group.gather(std::string(rank, '\0') + "#" + std::to_string(i));
            group.leave();
        });
        QCOMPARE(errors, noErrors);
        for (const auto& values : last)
            QCOMPARE(values,
                     (std::vector<std::string>{"#19", std::string("\0#19", 4), std::string("\0\0#19", 5)}));
    }

    void sumsOnAllRanks() {
        std::array<at::Tensor, rankCount> sums;
        const auto errors = threads_.run(rankCount, [&](ProcessGroup& group) {
            const int rank = group.place().rank;
            group.connect(c10::kCPU);
            at::Tensor& mine = sums[static_cast<std::size_t>(rank)];
            mine = at::rand({1000}, at::detail::createCPUGenerator(static_cast<std::uint64_t>(rank)));
            group.sum(mine);
            group.leave();
        });
        QCOMPARE(errors, noErrors);
        at::Tensor expected = at::zeros({1000});
        for (std::uint64_t rank = 0; rank < rankCount; ++rank)
            expected += at::rand({1000}, at::detail::createCPUGenerator(rank));
        QVERIFY(at::allclose(sums[0], expected));
        for (const at::Tensor& sum : sums)
            QVERIFY(at::equal(sum, sums[0]));
    }

    /// What one rank cannot represent must not look finite on the others.
    void sumsKeepWhatIsNotFinite() {
        std::array<at::Tensor, rankCount> sums;
        const auto errors = threads_.run(rankCount, [&](ProcessGroup& group) {
            const int rank = group.place().rank;
            group.connect(c10::kCPU);
            at::Tensor& mine = sums[static_cast<std::size_t>(rank)];
            mine = at::ones({8});
            if (rank == 1)
                mine[3] = std::numeric_limits<float>::quiet_NaN();
            group.sum(mine);
            group.leave();
        });
        QCOMPARE(errors, noErrors);
        for (const at::Tensor& sum : sums) {
            QVERIFY(sum[3].isnan().item<bool>());
            QCOMPARE(sum.isnan().sum().item<std::int64_t>(), std::int64_t{1});
        }
    }

    void copiesFromFirstRank() {
        std::array<at::Tensor, rankCount> copies;
        const auto errors = threads_.run(rankCount, [&](ProcessGroup& group) {
            group.connect(c10::kCPU);
            at::Tensor& mine = copies[static_cast<std::size_t>(group.place().rank)];
            mine = at::full({2, 5}, group.place().rank + 7, at::kLong);
            group.copyFromFirst(mine);
            group.leave();
        });
        QCOMPARE(errors, noErrors);
        for (const at::Tensor& copy : copies)
            QVERIFY(at::equal(copy, at::full({2, 5}, 7, at::kLong)));
    }

    void stopOfOneRankReachesAll() {
        std::atomic<int> told = 0;
        std::latch all(rankCount);
        const auto errors = threads_.run(
            rankCount,
            [&](ProcessGroup& group) {
                if (group.place().rank == 2)
                    group.requestStop();
                all.wait();
                group.leave();
            },
            [&](int) {
                ++told;
                all.count_down();
            });
        QCOMPARE(errors, noErrors);
        QCOMPARE(told.load(), rankCount);
    }

    /// The others wait for its values, or in a sum.
    void failureOfOneRankEndsTheOthers_data() {
        QTest::addColumn<bool>("inSum");
        QTest::newRow("values") << false;
        QTest::newRow("sum") << true;
    }
    void failureOfOneRankEndsTheOthers() {
        QFETCH(bool, inSum);
        const auto errors = threads_.run(rankCount, [&](ProcessGroup& group) {
            group.connect(c10::kCPU);
            if (group.place().rank == 1) {
                group.fail("rank 1 has failed: the disk is on fire");
                throw Error(ErrorKind::Failure, "the disk is on fire");
            }
            const at::Tensor tensor = at::ones({4});
            if (inSum)
                group.sum(tensor);
            else
                group.gather("value");
        });
        QCOMPARE(errors[0], std::string("rank 1 has failed: the disk is on fire"));
        QCOMPARE(errors[1], std::string("the disk is on fire"));
        QCOMPARE(errors[2], errors[0]);
    }

    /// As after kill -9.
    void silentRankIsNamed() {
        RankThreads quick(2);
        const auto errors = quick.run(rankCount, [&](ProcessGroup& group) {
            group.gather("all are there");
            if (group.place().rank != 1) // rank 1 leaves and tells nobody
                group.gather("value");
        });
        QVERIFY(errors[1].empty());
        for (const std::size_t rank : {0, 2})
            QVERIFY2(errors[rank].starts_with("rank 1 was lost: no sign of life for "), errors[rank].c_str());
    }

    void lostStoreIsNamed() {
        auto server = std::make_unique<LauncherStore>();
        RankPlace place = threads_.place(0, 2);
        place.port = server->port();
        place.timeoutSeconds = 2;
        RankLink link(place, {});
        server.reset();
        try {
            link.gather("value");
            QFAIL("nothing was thrown");
        } catch (const RankLostError& error) {
            QVERIFY2(
                std::string(error.what()).starts_with("the launcher, which keeps the store at 127.0.0.1:"),
                error.what());
        }
    }

    /// Rank 0 keeps the store if no launcher does, and ends last.
    void ranksShareTheStoreOfTheFirst() {
        const std::uint16_t port = LauncherStore().port(); // free, now that its store has ended
        std::vector<std::string> errors(2);
        {
            std::vector<std::jthread> ranks;
            for (int rank = 0; rank < 2; ++rank)
                ranks.emplace_back([&, rank] {
                    RankPlace place = threads_.place(rank, 2);
                    place.launcherHasStore = false;
                    place.port = port;
                    try {
                        RankLink link(place, {});
                        link.gather(std::to_string(rank));
                        link.leave();
                    } catch (const std::exception& exception) {
                        errors[static_cast<std::size_t>(rank)] = exception.what();
                    }
                });
        }
        QCOMPARE(errors, std::vector<std::string>(2));
    }

private:
    RankThreads threads_;
};

HEADROOM_TEST_MAIN(TestProcessGroup)
#include "tst_process_group.moc"
