// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/session/rank_place.h"
#include "core/support/error.h"
#include "tests/support/bad_files.h"
#include "tests/support/strict_main.h"

#include <map>

using namespace headroom;

namespace {

using Variables = std::map<std::string, std::string>;

RankPlace placeOf(const Variables& variables) {
    return rankPlace([&](const char* name) -> std::optional<std::string> {
        const auto found = variables.find(name);
        return found == variables.end() ? std::nullopt : std::optional(found->second);
    });
}

const Variables torchrun = {{"WORLD_SIZE", "8"},        {"RANK", "5"},
                            {"LOCAL_RANK", "1"},        {"LOCAL_WORLD_SIZE", "4"},
                            {"MASTER_ADDR", "machine"}, {"MASTER_PORT", "29500"}};
const Variables slurm = {{"SLURM_NTASKS", "4"},
                         {"SLURM_PROCID", "3"},
                         {"SLURM_LOCALID", "1"},
                         {"MASTER_ADDR", "machine"},
                         {"MASTER_PORT", "1"}};

Variables changed(Variables variables, const std::string& name, const std::string& value) {
    variables[name] = value;
    return variables;
}

Variables without(Variables variables, const std::string& name) {
    variables.erase(name);
    return variables;
}

std::string messageOf(const Variables& variables) {
    return test::errorOf([&] { placeOf(variables); });
}

} // namespace

class TestRankPlace : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aProcessWithoutLauncherIsAlone() {
        for (const Variables& variables :
             {Variables{}, Variables{{"WORLD_SIZE", "1"}}, Variables{{"SLURM_NTASKS", "1"}},
              Variables{{"WORLD_SIZE", "many"}}, Variables{{"OMPI_COMM_WORLD_SIZE", "1"}}}) {
            const RankPlace place = placeOf(variables);
            QVERIFY(place.isAlone());
            QVERIFY(place.isFirst());
        }
        // One rank under torchrun is a process like any other.
        QVERIFY(placeOf(changed(changed(torchrun, "WORLD_SIZE", "1"), "RANK", "0")).isAlone());
    }

    void readsTorchrun() {
        const RankPlace place = placeOf(torchrun);
        QCOMPARE(place.rank, 5);
        QCOMPARE(place.ranks, 8);
        QCOMPARE(place.localRank, 1);
        QCOMPARE(place.localRanks, 4);
        QVERIFY(!place.isOnOneMachine());
        QCOMPARE(place.host, std::string("machine"));
        QCOMPARE(place.port, std::uint16_t{29500});
        QVERIFY(!place.launcherHasStore);
        QCOMPARE(place.attempt, std::string("0"));
    }

    void readsTheStoreOfTorchrun() {
        const RankPlace place = placeOf(changed(changed(torchrun, "TORCHELASTIC_USE_AGENT_STORE", "True"),
                                                "TORCHELASTIC_RESTART_COUNT", "2"));
        QVERIFY(place.launcherHasStore);
        QCOMPARE(place.attempt, std::string("2"));
        QVERIFY(place.isRestarted());
        QVERIFY(!placeOf(torchrun).isRestarted());
        QVERIFY(placeOf({{"WORLD_SIZE", "1"}, {"TORCHELASTIC_RESTART_COUNT", "1"}}).isRestarted());
    }

    void readsSlurm() {
        const RankPlace place = placeOf(slurm);
        QCOMPARE(place.rank, 3);
        QCOMPARE(place.ranks, 4);
        QCOMPARE(place.localRank, 1);
        QVERIFY(!place.isOnOneMachine());
    }

    /// torchrun inside of a SLURM job.
    void torchrunComesFirst() {
        Variables both = torchrun;
        both.insert(slurm.begin(), slurm.end());
        QCOMPARE(placeOf(both).ranks, 8);
    }

    void namesWhatIsMissing() {
        for (const char* name : {"RANK", "LOCAL_RANK", "MASTER_ADDR", "MASTER_PORT"}) {
            const std::string message = messageOf(without(torchrun, name));
            QVERIFY2(message.find(std::string("WORLD_SIZE is 8, but ") + name + " is not set") == 0,
                     message.c_str());
        }
        const std::string message = messageOf(without(slurm, "MASTER_ADDR"));
        QVERIFY2(message.find("SLURM_NTASKS is 4, but MASTER_ADDR is not set") == 0, message.c_str());
        QVERIFY2(message.find("scontrol") != std::string::npos, message.c_str());
    }

    void refusesImpossibleNumbers() {
        for (const auto& [name, value] :
             {std::pair{"RANK", "8"}, std::pair{"RANK", "-1"}, std::pair{"RANK", "x"},
              std::pair{"LOCAL_RANK", "8"}, std::pair{"LOCAL_WORLD_SIZE", "1"}, std::pair{"MASTER_PORT", "0"},
              std::pair{"MASTER_PORT", "65536"}, std::pair{"WORLD_SIZE", "5000"}}) {
            const std::string message = messageOf(changed(torchrun, name, value));
            QVERIFY2(message.find(std::string(name) + " is '" + value + "', not a number from ") == 0,
                     message.c_str());
        }
    }

    void refusesMpirun() {
        for (const char* name : {"OMPI_COMM_WORLD_SIZE", "PMI_SIZE"}) {
            const std::string message = messageOf({{name, "2"}});
            QVERIFY2(message.find("mpirun has started several processes") != std::string::npos,
                     message.c_str());
        }
    }
};

HEADROOM_TEST_MAIN(TestRankPlace)
#include "tst_rank_place.moc"
