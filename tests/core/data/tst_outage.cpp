#include "core/data/chunk_source.h"
#include "core/data/outage.h"
#include "tests/support/bad_files.h"
#include "tests/support/strict_main.h"
#include "tests/support/tiny_dataset.h"

#include <algorithm>
#include <filesystem>
#include <functional>
#include <memory>

using namespace headroom;
using headroom::test::errorOf;
namespace fs = std::filesystem;

/// The folder of the songs is renamed away as a network disk goes, and back when its absence is noticed.
class TestOutage : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() {
        data_ = std::make_unique<test::TinyDataset>();
        data_->add("train/a");
        data_->add("train/b");
        songs_ = openLibrary(data_->root(), AudioFormat(), FileErrorPolicy::Fail).train;
        notices_.clear();
        reads_ = 0;
    }

    void aDataSetThatComesBackIsReadOn() {
        Outage outage({.notify = [this](const std::string& text) {
            notices_.push_back(text);
            comeBack();
        }});
        const AudioBuffer expected = whole();
        goAway();
        QVERIFY(std::ranges::equal(read(outage).samples(), expected.samples()));
        QCOMPARE(notices_.size(), 2U);
        QVERIFY2(notices_[0].find("the songs cannot be reached") == 0, notices_[0].c_str());
        QVERIFY(notices_[0].find("trying again for 60 s") != std::string::npos);
        QVERIFY(notices_[1].find("can be reached again") != std::string::npos);
        goAway(); // each outage is said
        read(outage);
        QCOMPARE(notices_.size(), 4U);
    }

    /// An empty folder is what a mount point is without its disk.
    void anEmptyMountPointIsAnOutage() {
        Outage outage({.notify = [this](const std::string&) {
            if (away())
                fs::remove(data_->root() / "train");
            comeBack();
        }});
        goAway();
        fs::create_directory(data_->root() / "train");
        QVERIFY(read(outage).peak() > 0);
    }

    void whatIsDamagedOrDeletedIsNotWaitedFor_data() {
        QTest::addColumn<bool>("deleted");
        QTest::newRow("damaged") << false;
        QTest::newRow("deleted") << true;
    }
    void whatIsDamagedOrDeletedIsNotWaitedFor() {
        QFETCH(const bool, deleted);
        Outage outage({.notify = [this](const std::string& text) { notices_.push_back(text); }});
        const fs::path file = data_->file("train/a", "vocals");
        deleted ? static_cast<void>(fs::remove(file)) : test::truncate(file, 0.5);
        QVERIFY(errorOf([&] { read(outage); }).find(file.string()) != std::string::npos);
        QVERIFY(notices_.empty());
        QCOMPARE(reads_, 1);
    }

    void patienceEnds() {
        Outage outage({.patience = std::chrono::milliseconds(1)});
        goAway();
        QVERIFY_EXCEPTION_THROWN(read(outage), OutageError);
        QVERIFY(reads_ <= 2);
        comeBack();
        QVERIFY(read(outage).peak() > 0);
    }

    void aStopEndsTheWaiting() {
        std::stop_source stop;
        Outage outage({.patience = std::chrono::hours(1),
                       .notify = [&](const std::string&) { stop.request_stop(); },
                       .stop = stop.get_token()});
        goAway();
        QVERIFY_EXCEPTION_THROWN(read(outage), OutageError);
        QCOMPARE(reads_, 1);
    }

    /// Examples are the same with and without; with skipped file errors no song is left out for an outage.
    void examplesWaitForTheirSongs() {
        RunConfig config;
        config.data.fileErrors = FileErrorPolicy::Skip;
        const auto outage =
            std::make_shared<Outage>(Outage::Settings{.notify = [this](const std::string&) { comeBack(); }});
        const ChunkSource waiting(songs_, config, 0, outage);
        const ChunkSource plain(songs_, config, 0);
        const Example expected = plain.example(3, 5000);
        goAway();
        const Example found = waiting.example(3, 5000);
        QVERIFY(std::ranges::equal(found.mixture.samples(), expected.mixture.samples()));
        QVERIFY(found.notices.empty());

        const auto impatient =
            std::make_shared<Outage>(Outage::Settings{.patience = std::chrono::milliseconds(1)});
        const ChunkSource giving(songs_, config, 0, impatient);
        goAway();
        QVERIFY_EXCEPTION_THROWN(giving.example(3, 5000), OutageError);
        comeBack();
    }

private:
    bool away() const { return fs::exists(data_->root() / "away"); }
    void goAway() { fs::rename(data_->root() / "train", data_->root() / "away"); }
    void comeBack() {
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
