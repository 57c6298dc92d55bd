// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/data/outage.h"
#include "core/data/segment_source.h"
#include "tests/support/bad_files.h"
#include "tests/support/failing_reads.h"
#include "tests/support/strict_main.h"
#include "tests/support/tiny_dataset.h"

#include <algorithm>
#include <filesystem>
#include <functional>
#include <memory>

using namespace headroom;
using headroom::test::errorOf;
namespace fs = std::filesystem;

/// Simulates a lost network disk by renaming the folder of the songs.
class TestOutage : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() {
        data_ = std::make_unique<test::TinyDataset>();
        data_->add("train/a");
        data_->add("train/b");
        songs_ = openLibrary(test::dataConfig(data_->root()), AudioFormat()).train;
        notices_.clear();
        reads_ = 0;
    }

    void resumesReadingAfterOutage() {
        Outage outage({.notify = [this](const std::string& text) {
            notices_.push_back(text);
            restore();
        }});
        const AudioBuffer expected = whole();
        hide();
        QVERIFY(std::ranges::equal(read(outage).samples(), expected.samples()));
        QCOMPARE(notices_.size(), 2U);
        QVERIFY2(notices_[0].find("the songs are unreachable") == 0, notices_[0].c_str());
        QVERIFY(notices_[0].find("retrying for 60 s") != std::string::npos);
        QVERIFY(notices_[1].find("are reachable again") != std::string::npos);
        hide(); // each outage emits notices
        read(outage);
        QCOMPARE(notices_.size(), 4U);
    }

    /// An unmounted mount point is an empty folder.
    void emptyMountPointIsOutage() {
        Outage outage({.notify = [this](const std::string&) {
            if (away())
                fs::remove(data_->root() / "train");
            restore();
        }});
        hide();
        fs::create_directory(data_->root() / "train");
        QVERIFY(read(outage).peak() > 0);
    }

    void doesNotWaitForDamagedOrDeletedFiles_data() {
        QTest::addColumn<bool>("deleted");
        QTest::newRow("damaged") << false;
        QTest::newRow("deleted") << true;
    }
    void doesNotWaitForDamagedOrDeletedFiles() {
        QFETCH(const bool, deleted);
        Outage outage({.notify = [this](const std::string& text) { notices_.push_back(text); }});
        const fs::path file = data_->file("train/a", "vocals");
        deleted ? static_cast<void>(fs::remove(file)) : test::truncate(file, 0.5);
        QVERIFY(errorOf([&] { read(outage); }).find(file.string()) != std::string::npos);
        QVERIFY(notices_.empty());
        QCOMPARE(reads_, 1);
    }

    /// A read that fails once, from a file that can be read right after it, is repeated.
    void passingReadErrorIsOutage() {
        Outage outage({.notify = [this](const std::string& text) { notices_.push_back(text); }});
        const AudioBuffer expected = whole();
        const test::FailingReads disk(data_->file("train/a", "vocals"), 2);
        QVERIFY(std::ranges::equal(read(outage).samples(), expected.samples()));
        QCOMPARE(reads_, 2);
        QCOMPARE(notices_.size(), 2U);
        QVERIFY2(notices_[0].find("Input/output error") != std::string::npos, notices_[0].c_str());
    }

    void throwsAtTimeout() {
        Outage outage({.timeout = std::chrono::milliseconds(1)});
        hide();
        QVERIFY_THROWS_EXCEPTION(OutageError, read(outage));
        QVERIFY(reads_ <= 2);
        restore();
        QVERIFY(read(outage).peak() > 0);
    }

    void stopEndsWaiting() {
        std::stop_source stop;
        Outage outage({.timeout = std::chrono::hours(1),
                       .notify = [&](const std::string&) { stop.request_stop(); },
                       .stop = stop.get_token()});
        hide();
        QVERIFY_THROWS_EXCEPTION(OutageError, read(outage));
        QCOMPARE(reads_, 1);
    }

    /// An outage does not change the examples, and FileErrorPolicy::Skip does not skip songs because of it.
    void examplesWaitForSongs() {
        RunConfig config;
        config.data.fileErrors = FileErrorPolicy::Skip;
        const auto outage =
            std::make_shared<Outage>(Outage::Options{.notify = [this](const std::string&) { restore(); }});
        const SegmentSource waiting(songs_, config, 0, outage);
        const SegmentSource plain(songs_, config, 0);
        const Example expected = plain.example(3, 5000);
        hide();
        const Example found = waiting.example(3, 5000);
        QVERIFY(std::ranges::equal(found.mixture.samples(), expected.mixture.samples()));
        QVERIFY(found.notices.empty());

        const auto shortTimeout =
            std::make_shared<Outage>(Outage::Options{.timeout = std::chrono::milliseconds(1)});
        const SegmentSource failing(songs_, config, 0, shortTimeout);
        hide();
        QVERIFY_THROWS_EXCEPTION(OutageError, failing.example(3, 5000));
        restore();
    }

private:
    bool away() const { return fs::exists(data_->root() / "away"); }
    void hide() { fs::rename(data_->root() / "train", data_->root() / "away"); }
    void restore() {
        if (away())
            fs::rename(data_->root() / "away", data_->root() / "train");
    }
    AudioBuffer whole() const { return readStem(songs_[0], "vocals", AudioFormat()); }
    AudioBuffer read(Outage& outage) {
        return outage.read(songs_[0], [this] {
            ++reads_;
            return whole();
        });
    }

    std::unique_ptr<test::TinyDataset> data_;
    std::vector<Song> songs_;
    std::vector<std::string> notices_;
    int reads_ = 0;
};

HEADROOM_TEST_MAIN(TestOutage)
#include "tst_outage.moc"
