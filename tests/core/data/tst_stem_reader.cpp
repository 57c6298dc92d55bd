// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/data/stem_reader.h"
#include "tests/support/bad_files.h"
#include "tests/support/strict_main.h"
#include "tests/support/tiny_dataset.h"

#include <algorithm>
#include <filesystem>
#include <thread>
#include <vector>

using namespace headroom;
using headroom::test::TinyDataset;
using headroom::test::TinySong;

class TestStemReader : public QObject {
    Q_OBJECT

    static constexpr qlonglong songBytes = 4LL * 2 * 20000 * static_cast<qlonglong>(sizeof(float));

private Q_SLOTS:
    void cachesStemsWithinMemoryLimit_data() {
        QTest::addColumn<qlonglong>("limit");
        QTest::addColumn<bool>("keeps");
        QTest::newRow("fits") << 2 * songBytes << true;
        QTest::newRow("one byte too many") << 2 * songBytes - 1 << false;
    }
    void cachesStemsWithinMemoryLimit() {
        QFETCH(qlonglong, limit);
        QFETCH(bool, keeps);
        TinyDataset data;
        TinySong song;
        song.frames = 20000;
        data.add("a", song);
        data.add("b", song);
        const AudioFormat format;
        const auto songs = openLibrary(test::dataConfig(data.root()), format).train;
        const StemReader reader(songs, format, limit);
        for (const auto& [first, frames] : {std::pair{0, 20000}, {5000, 100}, {19990, 100}, {30000, 10}}) {
            const AudioBuffer expected = readStem(songs[1], "drums", format, first, frames);
            QVERIFY(std::ranges::equal(reader.read(songs[1], "drums", first, frames).samples(),
                                       expected.samples()));
        }
        std::filesystem::remove(data.file("b", "drums"));
        QCOMPARE(test::errorOf([&] { reader.read(songs[1], "drums", 0, 10); }).empty(), keeps);
    }

    void isThreadSafe() {
        TinyDataset data;
        data.add("a");
        const AudioFormat format;
        const auto songs = openLibrary(test::dataConfig(data.root()), format).train;
        const StemReader reader(songs, format);
        const AudioBuffer expected = readStem(songs[0], "bass", format, 10, 1000);
        std::vector<char> same(4, 0);
        {
            std::vector<std::jthread> threads;
            threads.reserve(same.size());
            for (char& result : same) {
                threads.emplace_back([&] {
                    result = std::ranges::equal(reader.read(songs[0], "bass", 10, 1000).samples(),
                                                expected.samples())
                                 ? 1
                                 : 0;
                });
            }
        }
        QVERIFY(same == std::vector<char>(4, 1));
    }
};

HEADROOM_TEST_MAIN(TestStemReader)
#include "tst_stem_reader.moc"
