// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/data/foreign_layout.h"
#include "core/data/song_folders.h"
#include "core/support/error.h"
#include "tests/support/bad_files.h"
#include "tests/support/strict_main.h"

#include <QTemporaryDir>

#include <filesystem>
#include <memory>

using namespace headroom;
namespace fs = std::filesystem;

/// Layouts are recognized by names only, so the contents of the files do not matter.
class TestForeignLayout : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void recognizesLayouts_data() {
        QTest::addColumn<QStringList>("files");
        QTest::addColumn<QString>("expected");
        QTest::addColumn<QString>("place"); // of the error, relative to the root
        const auto row = [](const char* name, const QStringList& files, const char* expected,
                            const char* place = "") { QTest::newRow(name) << files << expected << place; };
        row("MoisesDB, two folders up", {"sets/moisesdb_v0.1/id1/vocals/a.wav"},
            "songs are two folders deeper, such as sets/moisesdb_v0.1/id1");
        row("MUSDB18", {"train/A - B.stem.mp4", "train/C - D.stem.mp4", "test/E.stem.mp4"},
            "E.stem.mp4 is a song of MUSDB18 as MP4");
        row("MUSDB18 without splits", {"A - B.stem.mp4"}, "A - B.stem.mp4 is a song of MUSDB18 as MP4");
        row("DSD100",
            {"Mixtures/Dev/051/mixture.wav", "Sources/Dev/051/bass.wav", "Sources/Test/001/bass.wav"},
            "this is DSD100");
        row("albums in artist folders", {"Artist/Album/Song/vocals.wav"},
            "songs are two folders deeper, such as Artist/Album/Song");
        row("folders of stems among songs", {"artist/vocals/take 1.wav", "artist/song/drums.wav"},
            "artist contains folders of stems next to other folders with audio");
        row("a data set inside", {"musdb18hq/train/a/vocals.wav", "readme.txt"},
            "the data set is in musdb18hq");
        row("Musepack and DSD stems", {"train/a/vocals.mpc", "train/a/drums.mpc", "train/b/vocals.dsf"},
            "a/drums.mpc is not supported: stems must be WAV, FLAC, AIFF, MP3, AAC, Ogg, Opus or WMA "
            "(1 DSD, 2 Musepack files in total)");
        row("an archive", {"musdb18hq.zip"}, "musdb18hq.zip is an archive");
        row("a table with audio", {"data/x.txt", "train-00000.parquet"},
            "is a table that contains the audio");
        row("one song", {"vocals.wav", "drums.wav"}, "this looks like one song");
        row("empty song folders", {"train/a/", "train/b/"}, "no songs found: 2 folders, all empty");
        row("anything else", {"x.npz", "y.npz", "notes/z.txt"},
            "no songs found: the folder contains 2 .npz files, 1 folder");
        row("nothing", {}, "no songs found: the folder is empty");
    }

    void recognizesLayouts() {
        QFETCH(const QStringList, files);
        QFETCH(const QString, expected);
        QFETCH(const QString, place);
        make(files);
        try {
            findSongFolders(root());
            QFAIL("songs were found");
        } catch (const Error& error) {
            QVERIFY2(QString(error.what()).contains(expected), error.what());
            QVERIFY(!error.remedy().empty());
            QCOMPARE(fs::path(error.where()), place.isEmpty() ? root() : root() / place.toStdString());
        }
    }

    /// Unusual names of songs and stems do not make a foreign layout.
    void acceptsUnusualNames_data() {
        QTest::addColumn<QStringList>("files");
        QTest::addColumn<int>("songs");
        QTest::newRow("a song called Drums")
            << QStringList{"Drums/vocals.wav", "Drums/bass.wav", "x/vocals.wav"} << 2;
        QTest::newRow("two songs named like stems")
            << QStringList{"Drums/vocals.wav", "Piano/vocals.wav", "x/vocals.wav"} << 3;
        QTest::newRow("mixtures alone") << QStringList{"bass/mixture.wav", "drums/mixture.wav"} << 2;
        QTest::newRow("unusual stems") << QStringList{"a/koto.wav", "a/biwa.wav", "b/koto.wav"} << 2;
    }
    void acceptsUnusualNames() {
        QFETCH(const QStringList, files);
        QFETCH(const int, songs);
        make(files);
        QCOMPARE(static_cast<int>(findSongFolders(root()).songs.size()), songs);
    }

private:
    fs::path root() const { return folder_->path().toStdString(); }

    /// Creates a new root with these files; a name that ends with "/" is a folder.
    void make(const QStringList& files) {
        folder_ = std::make_unique<QTemporaryDir>();
        for (const QString& file : files) {
            const fs::path path = root() / file.toStdString();
            fs::create_directories(path.parent_path());
            if (!file.endsWith('/'))
                test::writeBytes(path, "x");
        }
    }

    std::unique_ptr<QTemporaryDir> folder_;
};

HEADROOM_TEST_MAIN(TestForeignLayout)
#include "tst_foreign_layout.moc"
