// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/support/error.h"
#include "core/train/checkpoint_store.h"
#include "tests/support/strict_main.h"

#include <QTemporaryDir>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <functional>
#include <optional>
#include <sys/stat.h>
#include <vector>

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

    void listsNewestStepFirst() {
        for (const int step : {3, 1000000000, 20})
            writeMarker(*store_, step);
        fs::create_directory(folder_ / "step-7");
        fs::create_directory(folder_ / "stepping");
        QCOMPARE(store_->steps(), (Steps{1000000000, 20, 3}));
        QVERIFY(fs::exists(folder_ / "step-00000020" / "content"));
    }

    void failedSaveChangesNothing() {
        writeMarker(*store_, 5, "old");
        const auto fail = [](const fs::path& folder) {
            std::ofstream(folder / "content") << "new";
            throw headroom::Error(headroom::ErrorKind::Failure, "disk full");
        };
        QVERIFY_THROWS_EXCEPTION(headroom::Error, store_->save(5, fail));
        QVERIFY_THROWS_EXCEPTION(headroom::Error, store_->save(6, fail));
        QCOMPARE(store_->steps(), (Steps{5}));
        QCOMPARE(content(store_->path(5)), std::string("old"));
        QCOMPARE(entries(folder_), std::size_t(1));
    }

    void replacesCheckpointOfSameStep() {
        writeMarker(*store_, 5, "old");
        writeMarker(*store_, 5, "new");
        QCOMPARE(content(store_->path(5)), std::string("new"));
        QCOMPARE(entries(folder_), std::size_t(1));
    }

    void throwsIfFolderIsAFile() {
        fs::remove_all(folder_);
        std::ofstream(folder_) << "in the way";
        QVERIFY_THROWS_EXCEPTION(headroom::Error, writeMarker(*store_, 5));
        QVERIFY_THROWS_EXCEPTION(headroom::Error, store_->prepare());
        QVERIFY(store_->steps().empty());
    }

    void rotationKeepsNewestAndBest() {
        for (int step = 1; step <= 6; ++step)
            writeMarker(*store_, step);
        store_->markBest(2);
        store_->rotate(2, 2);
        QCOMPARE(store_->steps(), (Steps{6, 5, 2}));
        QCOMPARE(content(folder_ / "best"), std::string("whole"));
        store_->markBest(6);
        store_->rotate(2, 6);
        QCOMPARE(store_->steps(), (Steps{6, 5}));
        QCOMPARE(store_->best(), std::optional<std::int64_t>(6));
    }

    void bestStaysWhenItsCheckpointIsReplaced() {
        writeMarker(*store_, 5, "old");
        store_->markBest(5);
        writeMarker(*store_, 5, "new");
        QCOMPARE(content(folder_ / "best"), std::string("new"));
    }

    void rotationKeepsUnmarkedBest() {
        for (int step = 1; step <= 6; ++step)
            writeMarker(*store_, step);
        store_->rotate(1, 2);
        QCOMPARE(store_->steps(), (Steps{6, 2}));
        store_->rotate(1, std::nullopt);
        QCOMPARE(store_->steps(), (Steps{6}));
    }

    /// As on exFAT: a folder in place of the new link makes creating it fail.
    void marksBestWithoutSymbolicLinks() {
        writeMarker(*store_, 2);
        writeMarker(*store_, 3);
        store_->markBest(2);
        QVERIFY(fs::is_symlink(folder_ / "best"));
        fs::create_directories(folder_ / ".unfinished-best" / "in the way");
        store_->markBest(3);
        QCOMPARE(store_->best(), std::optional<std::int64_t>(3));
        QVERIFY(!fs::is_symlink(folder_ / "best")); // it must not point to another checkpoint
        store_->unmarkBest();
        QVERIFY(!store_->best());
    }

    void readsBestFromLinkOfOlderVersions() {
        writeMarker(*store_, 2);
        fs::create_directory_symlink("step-00000002", folder_ / "best");
        QCOMPARE(store_->best(), std::optional<std::int64_t>(2));
        // An older version continued the run and removed the checkpoint that best.txt names.
        std::ofstream(folder_ / "best.txt") << "step-00000001\n";
        QCOMPARE(store_->best(), std::optional<std::int64_t>(2));
        store_->markBest(2);
        fs::remove(folder_ / "best");
        QCOMPARE(store_->best(), std::optional<std::int64_t>(2));
    }

    void ignoresInvalidBestFile() {
        writeMarker(*store_, 2);
        for (const std::string text : {"", "2", "step-2", "step-00000002 ", "../step-00000003", "\n"}) {
            std::ofstream(folder_ / "best.txt") << text;
            QVERIFY(!store_->best());
        }
        std::ofstream(folder_ / "best.txt") << std::string(std::size_t{1} << 20, 'x');
        QVERIFY(!store_->best());
        fs::remove(folder_ / "best.txt");
        QCOMPARE(::mkfifo((folder_ / "best.txt").c_str(), 0600), 0);
        QVERIFY_THROWS_EXCEPTION(headroom::Error, store_->best()); // without waiting for a writer
    }

    void doesNotWriteThroughSymbolicLink() {
        writeMarker(*store_, 2);
        std::ofstream(folder_.parent_path() / "victim") << "mine";
        fs::create_symlink("../victim", folder_ / "best.txt");
        store_->markBest(2);
        std::string text;
        std::ifstream(folder_.parent_path() / "victim") >> text;
        QCOMPARE(text, std::string("mine"));
        QCOMPARE(store_->best(), std::optional<std::int64_t>(2));
    }

    /// If the file system cannot exchange folders, the program can be killed between two renames.
    void restoresCheckpointAfterInterruptedReplacement() {
        writeMarker(*store_, 5, "old");
        fs::rename(folder_ / "step-00000005", folder_ / ".unfinished-step-00000005-old");
        store_->prepare();
        QCOMPARE(content(store_->path(5)), std::string("old"));
        // If the new checkpoint exists, the old one is removed, and so is one that rotation was removing.
        fs::create_directory(folder_ / ".unfinished-step-00000005-old");
        fs::create_directory(folder_ / ".unfinished-step-00000003-gone");
        store_->prepare();
        QCOMPARE(store_->steps(), (Steps{5}));
        QCOMPARE(entries(folder_), std::size_t(1));
    }

    void unreadableFolderIsAnError() {
        const CheckpointStore missing(folder_ / "missing");
        QVERIFY(missing.steps().empty() && !missing.contains(1) && !missing.best());
        const CheckpointStore unreadable(folder_ / std::string(5000, 'x')); // ENAMETOOLONG, as an example
        for (const auto& read : std::vector<std::function<void()>>{[&] { unreadable.steps(); },
                                                                   [&] { unreadable.contains(1); }}) {
            try {
                read();
                QFAIL("taken for missing");
            } catch (const headroom::Error& error) {
                QVERIFY(error.kind() == headroom::ErrorKind::Failure);
            }
        }
    }

    void danglingLinkIsNotBest() {
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

    void keepsTheNewestTwoDamagedCheckpoints() {
        const auto damaged = [&](int step) {
            return folder_ / ("damaged-step-0000000" + std::to_string(step));
        };
        const auto setAside = [&](int step, std::chrono::hours age) {
            writeMarker(*store_, step);
            store_->setAside(step);
            fs::last_write_time(damaged(step), fs::file_time_type::clock::now() - age);
        };
        setAside(7, std::chrono::hours(3)); // written before the others, by an earlier attempt
        setAside(2, std::chrono::hours(2));
        QVERIFY(store_->removeOldDamaged().empty());
        setAside(4, std::chrono::hours(1));
        fs::create_directory(folder_ / "damaged-by-a-user");
        QCOMPARE(store_->removeOldDamaged(), std::vector<std::string>{"damaged-step-00000007"});
        QVERIFY(!fs::exists(damaged(7)));
        QVERIFY(fs::exists(damaged(2) / "content") && fs::exists(damaged(4) / "content"));
        QVERIFY(fs::exists(folder_ / "damaged-by-a-user"));
        QVERIFY(store_->removeOldDamaged().empty());
    }

    void removesLeftoversOfKilledWriter() {
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
