// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/support/strict_ui_main.h"
#include "tests/ui/listen/listen_fixture.h"
#include "ui/listen/now_playing.h"
#include "ui/widgets/elided_label.h"

#include <QSignalSpy>
#include <QToolButton>

using namespace headroom;
using namespace headroom::ui;

class TestNowPlaying : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void leavingThePageDoesNotStopPlayback() {
        test::ListenFixture fixture;
        fixture.openSong();
        fixture.page->player().mixer().play();
        fixture.page->hide();
        QVERIFY(fixture.page->player().playing());
        fixture.page->player().mixer().stop();
    }

    void appearsWhilePlayingOnAnotherPage() {
        test::ListenFixture fixture;
        fixture.openSong();
        QWidget bar;
        NowPlaying playing(*fixture.page, &bar);
        playing.setPageShown(true);
        Mixer& mixer = fixture.page->player().mixer();
        mixer.play();
        Q_EMIT fixture.page->player().moved();
        QVERIFY(playing.isHidden());
        playing.setPageShown(false);
        QVERIFY(!playing.isHidden());
        auto* button = playing.findChild<QToolButton*>();
        QCOMPARE(playing.findChild<ElidedLabel*>()->text(), QStringLiteral("test / one"));
        QCOMPARE(button->accessibleName(), QStringLiteral("Pause test / one"));
        QTest::keyClick(button, Qt::Key_Space);
        QVERIFY(!fixture.page->player().playing());
        QVERIFY(!playing.isHidden()); // so that playback can be continued
        QCOMPARE(button->accessibleName(), QStringLiteral("Play test / one"));
        playing.setPageShown(true);
        QVERIFY(playing.isHidden());
    }

    void staysHiddenIfNothingPlays() {
        test::ListenFixture fixture;
        fixture.openSong();
        NowPlaying playing(*fixture.page);
        playing.setPageShown(false);
        QVERIFY(playing.isHidden());
    }

    void theNextSongFollowsTheRequestedOne() {
        test::ListenFixture fixture;
        fixture.openSong();
        QSignalSpy changes(fixture.page.get(), &ListenPage::playbackChanged);
        fixture.page->openNext();
        QTRY_COMPARE(fixture.page->openTitle(), QStringLiteral("test / two"));
        QVERIFY(changes.count() >= 1);
    }
};

HEADROOM_UI_TEST_MAIN(TestNowPlaying)
#include "tst_now_playing.moc"
