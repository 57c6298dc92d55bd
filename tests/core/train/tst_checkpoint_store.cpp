#include "core/support/error.h"
#include "core/train/checkpoint_store.h"
#include "tests/support/strict_main.h"

#include <QTemporaryDir>

#include <filesystem>
#include <fstream>
#include <optional>

using headroom::CheckpointStore;
namespace fs = std::filesystem;

using Steps = std::vector<std::int64_t>;

namespace {

void writeMarker(CheckpointStore& store, std::int64_t step, const std::string& text = "whole") {
    store.save(step, [&](const fs::path& folder) { std::ofstream(folder / "content") << text; });
}

std::string content(const fs::path& folder) {
    std::string text;
    std::ifstream(folder / "content") >> text;
    return text;
}

std::size_t entries(const fs::path& folder) {
    return static_cast<std::size_t>(std::distance(fs::directory_iterator(folder), fs::directory_iterator()));
}

} // namespace

class TestCheckpointStore : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() {
        temporary_.emplace();
        folder_ = fs::path(temporary_->path().toStdString()) / "checkpoints";
        store_.emplace(folder_);
        store_->prepare();
    }

    void stepsComeNewestFirst() {
        for (const int step : {3, 1000000000, 20})
            writeMarker(*store_, step);
        fs::create_directory(folder_ / "step-7");
        fs::create_directory(folder_ / "stepping");
        QCOMPARE(store_->steps(), (Steps{1000000000, 20, 3}));
        QVERIFY(fs::exists(folder_ / "step-00000020" / "content"));
    }

    void aFailedSaveChangesNothing() {
        writeMarker(*store_, 5, "old");
        const auto fail = [](const fs::path& folder) {
            std::ofstream(folder / "content") << "new";
            throw headroom::Error(headroom::ErrorKind::Failure, "disk full");
        };
        QVERIFY_EXCEPTION_THROWN(store_->save(5, fail), headroom::Error);
        QVERIFY_EXCEPTION_THROWN(store_->save(6, fail), headroom::Error);
        QCOMPARE(store_->steps(), (Steps{5}));
        QCOMPARE(content(store_->path(5)), std::string("old"));
        QCOMPARE(entries(folder_), std::size_t(1));
    }

    void aSecondSaveOfAStepReplacesTheFirst() {
        writeMarker(*store_, 5, "old");
        writeMarker(*store_, 5, "new");
        QCOMPARE(content(store_->path(5)), std::string("new"));
        QCOMPARE(entries(folder_), std::size_t(1));
    }

    void aFileInTheWayIsAnError() {
        fs::remove_all(folder_);
        std::ofstream(folder_) << "in the way";
        QVERIFY_EXCEPTION_THROWN(writeMarker(*store_, 5), headroom::Error);
        QVERIFY_EXCEPTION_THROWN(store_->prepare(), headroom::Error);
        QVERIFY(store_->steps().empty());
    }

    void rotationKeepsTheNewestAndTheBest() {
        for (int step = 1; step <= 6; ++step)
            writeMarker(*store_, step);
        store_->markBest(2);
        store_->rotate(2);
        QCOMPARE(store_->steps(), (Steps{6, 5, 2}));
        QCOMPARE(content(folder_ / "best"), std::string("whole"));
        store_->markBest(6);
        store_->rotate(2);
        QCOMPARE(store_->steps(), (Steps{6, 5}));
        QCOMPARE(store_->best(), std::optional<std::int64_t>(6));
    }

    void bestOutlivesTheReplacementOfItsCheckpoint() {
        writeMarker(*store_, 5, "old");
        store_->markBest(5);
        writeMarker(*store_, 5, "new");
        QCOMPARE(content(folder_ / "best"), std::string("new"));
    }

    void aLinkThatLeadsNowhereIsNoBest() {
        QVERIFY(!store_->best());
        writeMarker(*store_, 5);
        store_->markBest(5);
        store_->setAside(5);
        QVERIFY(!store_->best());
        QVERIFY(store_->steps().empty());
        QVERIFY(fs::exists(folder_ / "damaged-step-00000005" / "content"));
        store_->unmarkBest();
        QVERIFY(!fs::is_symlink(folder_ / "best"));
    }

    void leftoversOfAKilledWriterGo() {
        writeMarker(*store_, 5);
        fs::create_directory(folder_ / ".unfinished-step-00000009");
        std::ofstream(folder_ / ".unfinished-step-00000009" / "content") << "half";
        store_->prepare();
        QCOMPARE(entries(folder_), std::size_t(1));
        QCOMPARE(store_->steps(), (Steps{5}));
    }

private:
    std::optional<QTemporaryDir> temporary_;
    fs::path folder_;
    std::optional<CheckpointStore> store_;
};

HEADROOM_TEST_MAIN(TestCheckpointStore)
#include "tst_checkpoint_store.moc"
