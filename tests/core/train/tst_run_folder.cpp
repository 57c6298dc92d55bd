// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/config/config_file.h"
#include "core/support/atomic_file.h"
#include "core/train/checkpoint.h"
#include "core/train/run_folder.h"
#include "tests/support/bad_files.h"
#include "tests/support/strict_main.h"

#include <QTemporaryDir>

#include <chrono>
#include <filesystem>
#include <fstream>

using namespace headroom;
using headroom::test::errorOf;
namespace fs = std::filesystem;

namespace {

/// Writes a state file with a configuration and without tensors.
void writeState(const fs::path& folder, const RunConfig& config) {
    fs::create_directories(folder);
    writeSafetensors((folder / stateFileName).string(), {},
                     {{"format", "headroom-state-1"}, {"config", dumpConfig(config)}});
}

fs::path inside(const QTemporaryDir& folder, const char* name) {
    return fs::path(folder.path().toStdString()) / name;
}

} // namespace

class TestRunFolder : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void createsFolderOfNewRun() {
        const QTemporaryDir folder;
        const fs::path root = inside(folder, "runs/한글");
        RunConfig config;
        config.training.seed = 7;
        const RunFolder run = RunFolder::begin(root, config);
        QVERIFY(run.paths().holdsRun());
        QVERIFY(fs::is_directory(root / "checkpoints"));
        QCOMPARE(std::distance(fs::directory_iterator(root), {}), std::ptrdiff_t{3}); // and nothing else
        QVERIFY(loadConfig(root / "config.yaml") == config);
        QCOMPARE(run.paths().journal(), root / "journal.jsonl");
    }
    void existingRunCanOnlyBeResumed() {
        const QTemporaryDir folder;
        const fs::path root = inside(folder, "run");
        QVERIFY(errorOf([&] { RunFolder::resume(root, {}); }).find("no run to resume") != std::string::npos);
        QVERIFY(!fs::exists(root));
        RunFolder::begin(root, {});
        QVERIFY(errorOf([&] { RunFolder::begin(root, {}); }).find("--resume") != std::string::npos);
        QVERIFY(RunFolder::resume(root, {}).changes().empty());
    }
    void rejectsFolderWithOtherFiles() {
        const QTemporaryDir folder;
        const fs::path root = inside(folder, "music");
        fs::create_directories(root);
        std::ofstream(root / "song.wav") << "x";
        QVERIFY(errorOf([&] { RunFolder::begin(root, {}); }).find("neither empty") != std::string::npos);
        QCOMPARE(std::distance(fs::directory_iterator(root), {}), std::ptrdiff_t{1});
        QVERIFY(!errorOf([&] { RunFolder::begin(root / "song.wav", {}); }).empty());
    }
    void startsAgainAfterInterruptedStart() {
        const QTemporaryDir folder;
        const fs::path root = inside(folder, "run");
        RunFolder::begin(root, {});
        fs::remove(root / "config.yaml");
        const fs::path left = root / ".headroom-1-0.part";
        std::ofstream(left) << "x";
        fs::last_write_time(left, fs::file_time_type::clock::now() - std::chrono::hours(25));
        QCOMPARE(errorOf([&] { RunFolder::begin(root, {}); }), std::string());
        QVERIFY(!fs::exists(left));
    }
    void rejectsSymbolicLinksInFolder() {
        for (const char* name : {".lock", "journal.jsonl", "checkpoints", "config.yaml", "measured.json"}) {
            const QTemporaryDir folder;
            const fs::path root = inside(folder, "run");
            RunFolder::begin(root, {});
            const bool isFolder = fs::is_directory(root / name);
            const fs::path victim = inside(folder, "victim");
            if (isFolder)
                fs::create_directories(victim / ".unfinished-mine");
            else
                std::ofstream(victim) << dumpConfig({});
            fs::remove(root / name);
            fs::create_symlink("../victim", root / name);
            const std::string message = errorOf([&] { RunFolder::resume(root, {}); });
            QVERIFY2(message.find(std::string(name) + ": this is a symbolic link") != std::string::npos,
                     message.c_str());
            QVERIFY(isFolder ? fs::exists(victim / ".unfinished-mine")
                             : fs::file_size(victim) == dumpConfig({}).size());
        }
    }
    void folderMayBeASymbolicLink() {
        const QTemporaryDir folder;
        fs::create_directory(inside(folder, "disk"));
        fs::create_directory_symlink("disk", inside(folder, "run"));
        RunFolder::begin(inside(folder, "run"), {});
        QCOMPARE(errorOf([&] { RunFolder::resume(inside(folder, "run"), {}); }), std::string());
        QVERIFY(fs::exists(inside(folder, "disk") / "config.yaml"));
    }
    void doesNotWriteConfigThroughSymbolicLink() {
        const QTemporaryDir folder;
        const fs::path root = inside(folder, "run");
        const RunFolder run = RunFolder::begin(root, {});
        fs::rename(root / "config.yaml", inside(folder, "victim"));
        fs::create_symlink("../victim", root / "config.yaml");
        RunConfig changed;
        changed.training.seed = 9;
        run.writeConfig(changed);
        QVERIFY(loadConfig(inside(folder, "victim")) == RunConfig{});
        QVERIFY(loadConfig(root / "config.yaml") == changed);
    }
    /// The configuration is in every checkpoint too.
    void readsMissingConfigFromNewestCheckpoint() {
        const QTemporaryDir folder;
        const fs::path root = inside(folder, "run");
        RunConfig config;
        config.training.seed = 7;
        RunFolder::begin(root, config);
        fs::remove(root / "config.yaml");
        QVERIFY(!RunPaths{root}.holdsRun());
        QVERIFY(!errorOf([&] { readRunConfig(RunPaths{root}); }).empty());

        writeState(root / "checkpoints" / "step-00000003", config);
        fs::create_directories(root / "checkpoints" / "step-00000004"); // damaged: empty
        QVERIFY(RunPaths{root}.holdsRun());
        QVERIFY(readRunConfig(RunPaths{root}) == config);
        QVERIFY(errorOf([&] { RunFolder::begin(root, config); }).find("--resume") != std::string::npos);
        QCOMPARE(errorOf([&] { RunFolder::resume(root, config); }), std::string());
        QVERIFY(loadConfig(root / "config.yaml") == config);
    }
    void restoresWhatWasRemovedDuringRun() {
        const QTemporaryDir folder;
        const fs::path root = inside(folder, "run");
        RunConfig config;
        const RunFolder run = RunFolder::begin(root, config);
        QVERIFY(run.isLocked() && run.restore(config).empty());

        config.training.seed = 7;
        fs::remove(root / "config.yaml");
        fs::remove(root / ".lock");
        QCOMPARE(run.restore(config).size(), std::size_t{2});
        QVERIFY(loadConfig(root / "config.yaml") == config);
        QVERIFY(!lockHolder(root / ".lock").empty());

        fs::rename(root, inside(folder, "moved"));
        const std::vector<std::string> notices = run.restore(config);
        QCOMPARE(notices.size(), std::size_t{1});
        QVERIFY2(notices[0].find("moved or deleted") != std::string::npos, notices[0].c_str());
        QVERIFY(loadConfig(root / "config.yaml") == config);
        QVERIFY(!lockHolder(root / ".lock").empty());
        QVERIFY(run.restore(config).empty());
    }
    void allowsOneWriter() {
        const QTemporaryDir folder;
        const fs::path root = inside(folder, "run");
        const RunFolder run = RunFolder::begin(root, {});
        QVERIFY(errorOf([&] { RunFolder::resume(root, {}); }).find("being written by process") !=
                std::string::npos);
    }
    void listsAndWritesChanges() {
        const QTemporaryDir folder;
        const fs::path root = inside(folder, "run");
        RunFolder::begin(root, {});
        RunConfig changed;
        changed.training.batchSize = 2;
        changed.training.numEpochs = 200;
        const RunFolder run = RunFolder::resume(root, changed);
        QCOMPARE(run.changes().size(), std::size_t{2});
        QCOMPARE(run.changes()[0].text(), std::string("training.batch_size: 5 -> 2"));
        QVERIFY(loadConfig(root / "config.yaml") == RunConfig{}); // the run may still fail to start
        run.writeConfig(changed);
        QVERIFY(loadConfig(root / "config.yaml") == changed);
    }
    void rejectsChangesThatNeedANewRun() {
        const QTemporaryDir folder;
        const fs::path root = inside(folder, "run");
        RunFolder::begin(root, {});
        RunConfig changed;
        changed.training.batchSize = 2;
        changed.model.hiddenDim = 128;
        changed.training.seed = 3;
        const std::string message = errorOf([&] { RunFolder::resume(root, changed); });
        QVERIFY2(message.find("model.hidden_dim: 256 -> 128, training.seed: 0 -> 3.") != std::string::npos,
                 message.c_str());
        QVERIFY(loadConfig(root / "config.yaml") == RunConfig{});
        QVERIFY(RunFolder::resume(root, {}).changes().empty()); // the lock was released
    }
    void checksSpaceForFutureCheckpoints() {
        const QTemporaryDir folder;
        const fs::path root = folder.path().toStdString();
        const std::uint64_t available = fs::space(root).available;
        requireSpaceForCheckpoints(root, available / 8, 3, 0);
        const std::string message = errorOf([&] { requireSpaceForCheckpoints(root, available / 4, 3, 0); });
        QVERIFY2(message.find("5 more checkpoints of ") != std::string::npos, message.c_str());
        QVERIFY(!errorOf([&] { requireSpaceForCheckpoints(root, std::uint64_t{1} << 62, 1000, 0); }).empty());
        requireSpaceForCheckpoints(root, available / 3, 3, 3);
        QVERIFY(!errorOf([&] { requireSpaceForCheckpoints(root, 2 * available, 3, 99); }).empty());
    }
};

HEADROOM_TEST_MAIN(TestRunFolder)
#include "tst_run_folder.moc"
