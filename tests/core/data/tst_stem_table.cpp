// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/data/song_folders.h"
#include "tests/core/data/library_fixture.h"
#include "tests/support/strict_main.h"

#include <filesystem>
#include <string>

using namespace headroom;
using headroom::test::errorOf;
namespace fs = std::filesystem;

class TestStemTable : public QObject, test::LibraryFixture {
    Q_OBJECT

private Q_SLOTS:
    void init() { reset(); }

    void tablesCanBeNamedAfterSplits() {
        writeStem("files/x/a/vocals");
        writeStem("files/x/b/vocals");
        writeText(data_->root() / "train.csv", "instrum,path\nvocals,files/x/a/vocals.wav\n");
        writeText(data_->root() / "valid.csv", "instrum,path\nvocals,files/x/b/vocals.wav\n");
        const SongLibrary library = open();
        QCOMPARE(names(library.train), QStringList{"a"});
        QCOMPARE(names(library.validation), QStringList{"b"});
    }

    void refusesInvalidTables_data() {
        QTest::addColumn<QString>("rows");
        QTest::addColumn<QString>("expected");
        QTest::newRow("missing file") << "vocals,s/vocals.wav\ndrums,s/none.wav"
                                      << "stems.csv:3: there is no file";
        QTest::newRow("folder") << "vocals,s"
                                << "stems.csv:2: there is no file";
        QTest::newRow("too few fields") << "vocals"
                                        << "stems.csv:2: the line has fewer fields";
        QTest::newRow("no instrument") << ",s/vocals.wav"
                                       << "stems.csv:2: the instrument or the path is empty";
        QTest::newRow("open quote") << "\"vocals,s/vocals.wav"
                                    << "stems.csv:2: a quote is not closed";
        QTest::newRow("twice") << "vocals,s/vocals.wav\nvocals,s/../s/vocals.wav"
                               << "is already in line 2";
        QTest::newRow("other type") << "vocals,stems.csv"
                                    << "stems must be WAV, FLAC, AIFF, MP3, AAC, Ogg, Opus or WMA";
        QTest::newRow("no rows") << ""
                                 << "the table lists no files";
    }
    void refusesInvalidTables() {
        QFETCH(const QString, rows);
        QFETCH(const QString, expected);
        writeStem("s/vocals");
        const fs::path table = data_->root() / "stems.csv";
        writeText(table, "instrum,path\n" + rows.toStdString());
        const std::string message = errorOf([&] { findSongFolders(table); });
        QVERIFY2(message.find(expected.toStdString()) != std::string::npos, message.c_str());
    }

    void readsTablesOfOtherPrograms() {
        writeStem("s/a, \"b\"");
        writeStem("t/Drums");
        const std::string rows = "\xEF\xBB\xBFid,path,instrum\r\n1,\"s/a, \"\"b\"\".wav\",Vocals\r\n\r\n2," +
                                 (data_->root() / "t" / "Drums.wav").string() + ",drums";
        writeText(data_->root() / "stems.csv", rows);
        const auto songs = findSongFolders(data_->root() / "stems.csv").songs;
        QCOMPARE(songs.size(), 2U);
        QCOMPARE(songs[0].name, std::string("a, \"b\""));
        QCOMPARE(songs[0].stems[0].stem, std::string("vocals"));
        QCOMPARE(songs[1].name, std::string("t"));
        writeText(data_->root() / "stems.csv", "a,b\n");
        QVERIFY(errorOf([&] { findSongFolders(data_->root() / "stems.csv"); }).find("lacks the columns") !=
                std::string::npos);
    }

    void limitsTheLinesOfATable() {
        writeStem("s/vocals");
        const fs::path table = data_->root() / "stems.csv";
        writeText(table, "instrum,path\nvocals,s/vocals.wav" + std::string(1'000'000, '\n'));
        QVERIFY(errorOf([&] { findSongFolders(table); }).find("more than 1000000 lines") !=
                std::string::npos);
        fs::resize_file(table, (std::uintmax_t{64} << 20) + 1); // with a hole
        QVERIFY(errorOf([&] { findSongFolders(table); }).find("larger than 64 MiB") != std::string::npos);
    }

    /// The system would open what is before the byte.
    void refusesNulBytesInPaths() {
        writeStem("s/vocals");
        const fs::path table = data_->root() / "stems.csv";
        writeText(table, "instrum,path\nvocals,s/vocals.wav" + std::string(1, '\0') + ".opus\n");
        const std::string message = errorOf([&] { findSongFolders(table); });
        QVERIFY2(message.find("stems.csv:2: the line contains a NUL byte") != std::string::npos,
                 message.c_str());
    }

    void columnsAreFoundInAnySpelling() {
        writeStem("s/vocals");
        writeText(data_->root() / "stems.csv", "Path, Instrum\ns/vocals.wav,vocals\n  \n");
        const auto songs = findSongFolders(data_->root() / "stems.csv").songs;
        QCOMPARE(songs.size(), 1U);
        QCOMPARE(songs[0].name, std::string("s"));
    }
};

HEADROOM_TEST_MAIN(TestStemTable)
#include "tst_stem_table.moc"
