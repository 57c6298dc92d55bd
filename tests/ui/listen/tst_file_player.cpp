// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/support/scripted_listening.h"
#include "tests/support/sound_server.h"
#include "tests/support/strict_ui_main.h"
#include "ui/listen/file_player.h"

#include <QSignalSpy>

#include <algorithm>
#include <cmath>

using namespace headroom;
using namespace headroom::ui;

class TestFilePlayer : public QObject {
    Q_OBJECT
private:
    test::SoundServer server_;

    /// Files have 0.2 s of the value 0.6.
    static std::unique_ptr<test::ScriptedListening> files() {
        auto service = std::make_unique<test::ScriptedListening>();
        service->sampleRate = 44100;
        service->frames = 8820;
        service->stems.clear();
        service->broken = "/broken.flac";
        return service;
    }

private Q_SLOTS:
    void initTestCase() {
        const QString missing = server_.start();
        if (!missing.isEmpty())
            QSKIP(qPrintable(missing));
        QTRY_VERIFY_WITH_TIMEOUT(server_.answers(), 20000);
    }
    void playsAFileToItsEnd() {
        server_.record();
        QTRY_VERIFY_WITH_TIMEOUT(server_.recorded() > 0, 20000);
        FilePlayer player(files());
        QSignalSpy ended(&player, &FilePlayer::ended);
        player.play(QStringLiteral("/song.flac"));
        QVERIFY(player.playing());
        QTRY_COMPARE_WITH_TIMEOUT(ended.size(), 1, 20000);
        QVERIFY(!player.playing());
        const auto heard = [&] {
            return std::ranges::count_if(server_.recording(),
                                         [](float sample) { return std::abs(sample - 0.6F) < 1e-4F; });
        };
        QTRY_VERIFY_WITH_TIMEOUT(heard() > 10000, 20000); // of 17,640 samples, some of them in fades
    }
    void theNextFileReplacesThePreviousOne() {
        FilePlayer player(files());
        QSignalSpy ended(&player, &FilePlayer::ended);
        player.play(QStringLiteral("/one.flac"));
        player.play(QStringLiteral("/two.flac"));
        QTRY_COMPARE_WITH_TIMEOUT(ended.size(), 1, 20000);
        player.play(QStringLiteral("/one.flac"));
        player.stop();
        QVERIFY(!player.playing());
        player.play(QStringLiteral("/two.flac"));
        QTRY_COMPARE_WITH_TIMEOUT(ended.size(), 2, 20000);
    }
    void saysWhyAFileDoesNotPlay() {
        FilePlayer player(files());
        QSignalSpy failed(&player, &FilePlayer::failed);
        player.play(QStringLiteral("/broken.flac"));
        QTRY_COMPARE(failed.size(), 1);
        QVERIFY(failed[0][0].toString().contains(QStringLiteral("/broken.flac")));
        QVERIFY(!player.playing());
    }
};

HEADROOM_UI_TEST_MAIN(TestFilePlayer)
#include "tst_file_player.moc"
