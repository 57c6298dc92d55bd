#include "core/config/config_file.h"
#include "core/support/atomic_file.h"
#include "core/support/error.h"
#include "core/train/checkpoint.h"
#include "core/train/run_folder.h"
#include "tests/support/strict_main.h"

#include <QTemporaryDir>

#include <chrono>
#include <filesystem>
#include <fstream>

using namespace headroom;
namespace fs = std::filesystem;

namespace {

/// The message of the Error that `act` throws; empty where it throws none.
template <typename Act>
std::string refusal(const Act& act) {
    try {
        act();
    } catch (const Error& error) {
        return error.message();
    }
    return "";
}

/// As much of a checkpoint as tells its configuration.
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
    void aNewRunHasItsPlaces() {
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
    void aFolderThatHoldsARunIsOnlyResumed() {
        const QTemporaryDir folder;
        const fs::path root = inside(folder, "run");
        QVERIFY(refusal([&] { RunFolder::resume(root, {}); }).find("no run to carry on") !=
                std::string::npos);
        QVERIFY(!fs::exists(root));
        RunFolder::begin(root, {});
        QVERIFY(refusal([&] { RunFolder::begin(root, {}); }).find("--resume") != std::string::npos);
        QVERIFY(RunFolder::resume(root, {}).changes().empty());
    }
    void otherPeoplesFilesStayAlone() {
        const QTemporaryDir folder;
        const fs::path root = inside(folder, "music");
        fs::create_directories(root);
        std::ofstream(root / "song.wav") << "x";
        QVERIFY(refusal([&] { RunFolder::begin(root, {}); }).find("neither empty") != std::string::npos);
        QCOMPARE(std::distance(fs::directory_iterator(root), {}), std::ptrdiff_t{1});
        QVERIFY(!refusal([&] { RunFolder::begin(root / "song.wav", {}); }).empty());
    }
    void aStartThatWasCutShortCanBeRepeated() {
        const QTemporaryDir folder;
        const fs::path root = inside(folder, "run");
        RunFolder::begin(root, {});
        fs::remove(root / "config.yaml");
        const fs::path left = root / ".headroom-1-0.part";
        std::ofstream(left) << "x";
        fs::last_write_time(left, fs::file_time_type::clock::now() - std::chrono::hours(25));
        QCOMPARE(refusal([&] { RunFolder::begin(root, {}); }), std::string());
        QVERIFY(!fs::exists(left));
    }
    void linksInAFolderFromOthersAreRefused() {
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
            const std::string message = refusal([&] { RunFolder::resume(root, {}); });
            QVERIFY2(message.find(std::string(name) + ": this is a symbolic link") != std::string::npos,
                     message.c_str());
            QVERIFY(isFolder ? fs::exists(victim / ".unfinished-mine")
                             : fs::file_size(victim) == dumpConfig({}).size());
        }
    }
    void theFolderItselfMayBeALink() {
        const QTemporaryDir folder;
        fs::create_directory(inside(folder, "disk"));
        fs::create_directory_symlink("disk", inside(folder, "run"));
        RunFolder::begin(inside(folder, "run"), {});
        QCOMPARE(refusal([&] { RunFolder::resume(inside(folder, "run"), {}); }), std::string());
        QVERIFY(fs::exists(inside(folder, "disk") / "config.yaml"));
    }
    void aConfigurationIsNotWrittenThroughALink() {
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
    void aMissingConfigurationIsThatOfTheNewestCheckpoint() {
        const QTemporaryDir folder;
        const fs::path root = inside(folder, "run");
        RunConfig config;
        config.training.seed = 7;
        RunFolder::begin(root, config);
        fs::remove(root / "config.yaml");
        QVERIFY(!RunPaths{root}.holdsRun());
        QVERIFY(!refusal([&] { readRunConfig(RunPaths{root}); }).empty());

        writeState(root / "checkpoints" / "step-00000003", config);
        fs::create_directories(root / "checkpoints" / "step-00000004"); // damaged: nothing in it
        QVERIFY(RunPaths{root}.holdsRun());
        QVERIFY(readRunConfig(RunPaths{root}) == config);
        QVERIFY(refusal([&] { RunFolder::begin(root, config); }).find("--resume") != std::string::npos);
        QCOMPARE(refusal([&] { RunFolder::resume(root, config); }), std::string());
        QVERIFY(loadConfig(root / "config.yaml") == config);
    }
    void whatIsRemovedUnderARunIsMadeAgain() {
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
        const std::vector<std::string> said = run.restore(config);
        QCOMPARE(said.size(), std::size_t{1});
        QVERIFY2(said[0].find("moved or deleted") != std::string::npos, said[0].c_str());
        QVERIFY(loadConfig(root / "config.yaml") == config);
        QVERIFY(!lockHolder(root / ".lock").empty());
        QVERIFY(run.restore(config).empty());
    }
    void oneWriterAtATime() {
        const QTemporaryDir folder;
        const fs::path root = inside(folder, "run");
        const RunFolder run = RunFolder::begin(root, {});
        QVERIFY(refusal([&] { RunFolder::resume(root, {}); }).find("being written by process") !=
                std::string::npos);
    }
    void changesAreListedAndKept() {
        const QTemporaryDir folder;
        const fs::path root = inside(folder, "run");
        RunFolder::begin(root, {});
        RunConfig changed;
        changed.training.batchSize = 2;
        changed.training.numEpochs = 200;
        const RunFolder run = RunFolder::resume(root, changed);
        QCOMPARE(run.changes().size(), std::size_t{2});
        QCOMPARE(run.changes()[0].text(), std::string("training.batch_size: 5 -> 2"));
        QVERIFY(loadConfig(root / "config.yaml") == changed);
        changed.training.learningRate = 1e-3;
        run.writeConfig(changed);
        QVERIFY(loadConfig(root / "config.yaml") == changed);
    }
    void changesThatNeedANewRunRefuse() {
        const QTemporaryDir folder;
        const fs::path root = inside(folder, "run");
        RunFolder::begin(root, {});
        RunConfig changed;
        changed.training.batchSize = 2;
        changed.model.hiddenDim = 128;
        changed.training.seed = 3;
        const std::string message = refusal([&] { RunFolder::resume(root, changed); });
        QVERIFY2(message.find("model.hidden_dim: 256 -> 128, training.seed: 0 -> 3.") != std::string::npos,
                 message.c_str());
        QVERIFY(loadConfig(root / "config.yaml") == RunConfig{});
        QVERIFY(RunFolder::resume(root, {}).changes().empty()); // the lock was given back
    }
    void spaceIsCheckedForWhatIsStillToCome() {
        const QTemporaryDir folder;
        const fs::path root = folder.path().toStdString();
        const std::uint64_t available = fs::space(root).available;
        requireSpaceForCheckpoints(root, available / 8, 3, 0);
        const std::string message = refusal([&] { requireSpaceForCheckpoints(root, available / 4, 3, 0); });
        QVERIFY2(message.find("5 more checkpoints of ") != std::string::npos, message.c_str());
        QVERIFY(!refusal([&] { requireSpaceForCheckpoints(root, std::uint64_t{1} << 62, 1000, 0); }).empty());
        requireSpaceForCheckpoints(root, available / 3, 3, 3);
        QVERIFY(!refusal([&] { requireSpaceForCheckpoints(root, 2 * available, 3, 99); }).empty());
    }
};

HEADROOM_TEST_MAIN(TestRunFolder)
#include "tst_run_folder.moc"
