// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/setup/machine_findings.h"
#include "tests/support/strict_main.h"

#include <nlohmann/json.hpp>

#include <algorithm>

using namespace headroom;
using Level = MachineFinding::Level;

namespace {

Machine goodMachine() {
    Machine machine;
    machine.libTorch =
        LibTorchFolder{.path = "/torch", .version = "2.11.0", .complete = true, .hasCuda = true};
    machine.driver = {.found = true,
                      .cudaVersion = 13000,
                      .cards = {{.name = "RTX 4090",
                                 .capacity = std::int64_t{24} << 30,
                                 .computeMajor = 8,
                                 .computeMinor = 9}},
                      .busIds = {"0000:01:00.0"}};
    machine.driverVersion = "580.65.06";
    machine.freeMemory = {std::int64_t{20} << 30};
    machine.cpu = {.avx2 = true, .avx512 = true};
    machine.threads = 16;
    machine.memory = {std::int64_t{64} << 30, std::int64_t{32} << 30};
    machine.disks = {{"cache", "/cache", std::int64_t{100} << 30}};
    machine.sound = "ALSA";
    return machine;
}

MachineFinding finding(const Machine& machine, const std::string& subject) {
    const auto findings = machineFindings(machine);
    const auto found = std::ranges::find(findings, subject, &MachineFinding::subject);
    return found == findings.end() ? MachineFinding{.text = "no finding"} : *found;
}

bool contains(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

} // namespace

class TestMachineFindings : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aGoodMachineLacksNothing() {
        for (const MachineFinding& finding : machineFindings(goodMachine())) {
            QVERIFY2(finding.level == Level::Good, finding.subject.c_str());
            QVERIFY(finding.remedy.empty());
        }
        QVERIFY(contains(finding(goodMachine(), "driver").text, "580.65.06, for CUDA up to 13.0"));
        QVERIFY(contains(finding(goodMachine(), "card cuda:0").text,
                         "RTX 4090, 20.0 GiB of 24.0 GiB free, compute capability 8.9, fast bf16"));
        QVERIFY(contains(finding(goodMachine(), "CPU").text, "16 threads, AVX-512"));
    }

    void namesTheCommandForLibTorch() {
        Machine machine = goodMachine();
        machine.libTorch = {};
        machine.missingLibTorch = "Run `headroom setup`.";
        QCOMPARE(finding(machine, "LibTorch").level, Level::Problem);
        QVERIFY(contains(finding(machine, "LibTorch").remedy, "headroom setup"));
    }

    void namesTheCommandForCards() {
        Machine machine = goodMachine();
        machine.libTorch->hasCuda = false;
        QCOMPARE(finding(machine, "card cuda:0").level, Level::Problem);
        QVERIFY(contains(finding(machine, "card cuda:0").remedy, "headroom setup --cuda"));
    }

    void worksWithoutCard() {
        Machine machine = goodMachine();
        machine.driver = {};
        machine.libTorch->hasCuda = false;
        QCOMPARE(finding(machine, "driver").level, Level::Note);
        QVERIFY(contains(finding(machine, "driver").remedy, "580"));
        QVERIFY(std::ranges::none_of(machineFindings(machine),
                                     [](const auto& f) { return f.level == Level::Problem; }));
    }

    void anOldDriverIsAProblemAndAnOldCardIsNot() {
        Machine machine = goodMachine();
        machine.driver.cudaVersion = 12080;
        QCOMPARE(finding(machine, "card cuda:0").level, Level::Problem);
        QVERIFY(contains(finding(machine, "card cuda:0").remedy, "version 580 or newer"));
        machine.driver.cards[0].computeMajor = 6;
        QCOMPARE(finding(machine, "card cuda:0").level, Level::Note);
    }

    void turingHasNoFastBfloat16() {
        Machine machine = goodMachine();
        machine.driver.cards[0].computeMajor = 7;
        machine.driver.cards[0].computeMinor = 5;
        QCOMPARE(finding(machine, "card cuda:0").level, Level::Good);
        QVERIFY(contains(finding(machine, "card cuda:0").text, "no fast bf16"));
    }

    void mentionsWhatLimits() {
        Machine machine = goodMachine();
        machine.allocatorSettings = "max_split_size_mb:128";
        machine.cpu = {};
        machine.disks[0].free = 1000;
        machine.sound = "";
        machine.freeMemory = {std::nullopt};
        QVERIFY(contains(finding(machine, "allocator").text, "max_split_size_mb:128"));
        for (const char* subject : {"allocator", "CPU", "disk", "sound"})
            QCOMPARE(finding(machine, subject).level, Level::Note);
        QVERIFY(contains(finding(machine, "card cuda:0").text, "unknown of 24.0 GiB free"));
    }

    void readsInstructionsOfTheCpu() {
        const std::string info =
            "model name\t: x\nflags\t\t: fpu avx2 avx512f amx_bf16 amx_tile\nbugs\t\t: none\n";
        QVERIFY(cpuFeatures(info).avx2 && cpuFeatures(info).avx512 && cpuFeatures(info).amxBfloat16);
        const CpuFeatures older = cpuFeatures("flags\t: avx avx2\nother\t: avx512f ");
        QVERIFY(older.avx2 && !older.avx512 && !older.amxBfloat16);
        QVERIFY(!cpuFeatures("").avx2);
        QVERIFY(!cpuFeatures("processor : 0").avx2);
    }

    void jsonHasTheSame() {
        Machine machine = goodMachine();
        auto json = nlohmann::json::parse(machineJson(machine));
        QVERIFY(json["ok"].get<bool>());
        QCOMPARE(json["cards"][0]["compute_capability"].get<std::string>(), std::string("8.9"));
        QCOMPARE(json["cards"][0]["free_bytes"].get<std::int64_t>(), std::int64_t{20} << 30);
        QCOMPARE(json["libtorch"]["cuda"].get<bool>(), true);
        machine.libTorch = {};
        machine.freeMemory = {std::nullopt};
        json = nlohmann::json::parse(machineJson(machine));
        QVERIFY(!json["ok"].get<bool>());
        QVERIFY(json["libtorch"].is_null());
        QVERIFY(json["cards"][0]["free_bytes"].is_null());
        QCOMPARE(json["findings"][0]["level"].get<std::string>(), std::string("problem"));
    }

    void looksAtThisMachine() {
        const Machine machine = inspectMachine();
        QVERIFY(machine.threads > 0);
        QVERIFY(machine.memory.total > 0);
        QCOMPARE(machine.freeMemory.size(), machine.driver.cards.size());
        QVERIFY(std::ranges::all_of(machine.disks, [](const DiskSpace& disk) { return disk.free >= 0; }));
    }
};

HEADROOM_TEST_MAIN(TestMachineFindings)
#include "tst_machine_findings.moc"
