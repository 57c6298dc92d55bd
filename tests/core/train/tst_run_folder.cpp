#include "core/config/config_file.h"
#include "core/support/atomic_file.h"
#include "core/support/error.h"
#include "core/train/run_folder.h"
#include "tests/support/strict_main.h"

#include <QTemporaryDir>

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
        QVERIFY(fs::is_directory(root / "auditions"));
        QVERIFY(loadConfig(root / "config.yaml") == config);
        QCOMPARE(run.paths().journal(), root / "journal.jsonl");
    }
    void aFolderThatHoldsARunIsOnlyCarriedOn() {
        const QTemporaryDir folder;
        const fs::path root = inside(folder, "run");
        QVERIFY(refusal([&] { RunFolder::carryOn(root, {}); }).find("no run to carry on") !=
                std::string::npos);
        QVERIFY(!fs::exists(root));
        RunFolder::begin(root, {});
        QVERIFY(refusal([&] { RunFolder::begin(root, {}); }).find("--resume") != std::string::npos);
        QVERIFY(RunFolder::carryOn(root, {}).changes().empty());
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
        std::ofstream(root / ".headroom-1-0.part") << "x";
        QCOMPARE(refusal([&] { RunFolder::begin(root, {}); }), std::string());
    }
    void oneWriterAtATime() {
        const QTemporaryDir folder;
        const fs::path root = inside(folder, "run");
        const RunFolder run = RunFolder::begin(root, {});
        QVERIFY(refusal([&] { RunFolder::carryOn(root, {}); }).find("being written by process") !=
                std::string::npos);
    }
    void changesAreListedAndKept() {
        const QTemporaryDir folder;
        const fs::path root = inside(folder, "run");
        RunFolder::begin(root, {});
        RunConfig changed;
        changed.training.batchSize = 2;
        changed.training.numEpochs = 200;
        const RunFolder run = RunFolder::carryOn(root, changed);
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
        const std::string message = refusal([&] { RunFolder::carryOn(root, changed); });
        QVERIFY2(message.find("model.hidden_dim: 256 -> 128, training.seed: 0 -> 3.") != std::string::npos,
                 message.c_str());
        QVERIFY(loadConfig(root / "config.yaml") == RunConfig{});
        QVERIFY(RunFolder::carryOn(root, {}).changes().empty()); // the lock was given back
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
