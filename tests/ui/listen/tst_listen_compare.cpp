// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/support/strict_ui_main.h"
#include "tests/ui/listen/listen_fixture.h"
#include "ui/listen/lane_header.h"
#include "ui/listen/sdr_strip.h"

#include <QLabel>
#include <QSignalSpy>

#include <cmath>

using namespace headroom;
using namespace headroom::ui;

class TestListenCompare : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void lanesHaveTheAudioOfTheirRole() {
        test::ListenFixture fixture;
        fixture.compare(0.25F, 0.1F);
        using Role = Lane::Role;
        const auto solo = [&](Role role) {
            fixture.model().setSolo(fixture.laneOf(role), true, true);
            return fixture.output();
        };
        fixture.model().setMatchLoudness(false);
        QVERIFY(test::near(solo(Role::Mixture), 0.6));
        QVERIFY(test::near(solo(Role::Stem), 0.25));
        QVERIFY(test::near(solo(Role::GroundTruth), 0.2));
        QVERIFY(test::near(solo(Role::Accompaniment), 0.35));
        QVERIFY(test::near(solo(Role::Difference), 0.05));
        fixture.key(Qt::Key_B);
        QVERIFY(test::near(solo(Role::Stem), 0.1));
        QVERIFY(test::near(solo(Role::Difference), -0.1));
    }

    void matchingOnlyAttenuates() {
        test::ListenFixture fixture;
        fixture.compare(0.4F, 0.1F);
        QVERIFY(test::near(fixture.model().matchGain(0), 20 * std::log10(0.25)));
        QCOMPARE(fixture.model().matchGain(1), 0.0);
        QVERIFY(test::near(fixture.output(), 0.1));
        fixture.key(Qt::Key_B);
        QVERIFY(test::near(fixture.output(), 0.1));
        fixture.model().setMatchLoudness(false);
        fixture.key(Qt::Key_A);
        QVERIFY(test::near(fixture.output(), 0.4));
    }

    void blindTestHidesTheSource() {
        test::ListenFixture fixture;
        fixture.compare(0.25F, 0.1F);
        fixture.model().setMatchLoudness(false);
        fixture.key(Qt::Key_X);
        QVERIFY(fixture.model().isBlind());
        const float expected = fixture.model().blindTest().xIsA() ? 0.25F : 0.1F;
        QVERIFY(test::near(fixture.output(), expected));
        const auto* strip = fixture.page->findChild<SdrStrip*>();
        QVERIFY(strip->accessibleDescription().isEmpty());
        for (const QLabel* label : fixture.page->findChildren<QLabel*>())
            QVERIFY2(!label->isVisible() || !label->text().contains(QStringLiteral("cSDR")),
                     qPrintable(label->text()));
        const bool isA = fixture.model().blindTest().xIsA();
        QVERIFY(fixture.model().guess(isA ? ListenModel::A : ListenModel::B));
        QCOMPARE(fixture.model().blindTest().right(), 1);
    }

    void playsTheSeparatedPartDuringASeparation() {
        test::ListenFixture fixture;
        fixture.openSong();
        fixture.model().slot(0).setSource(test::ListenFixture::source(0));
        const auto job = fixture.separation->jobs.at(0);
        fixture.separation->begin(job);
        fixture.separation->give(job, 0.3F, 4000, 0.4);
        QTRY_VERIFY(fixture.model().slot(0).state() == SourceSlot::State::Separating &&
                    fixture.model().slot(0).share() > 0);
        QVERIFY(test::near(fixture.output(), 0.3));
        Mixer& mixer = fixture.page->player().mixer();
        mixer.seek(3900);
        mixer.play();
        std::vector<float> out(2 * 500);
        mixer.render(out);
        QVERIFY(mixer.state() == Mixer::State::Waiting);
        fixture.separation->give(job, 0.3F, 6000, 1);
        QTRY_VERIFY(mixer.state() == Mixer::State::Playing);
    }

    void outdatedSeparationIsIgnored() {
        test::ListenFixture fixture;
        fixture.openSong();
        fixture.model().slot(0).setSource(test::ListenFixture::source(0));
        fixture.model().slot(0).setSource(test::ListenFixture::source(1));
        QCOMPARE(fixture.separation->jobs.size(), std::size_t{2});
        QVERIFY(!fixture.separation->canceled.empty());
        fixture.separation->finish(fixture.separation->jobs[0], 0.9F);
        fixture.separation->begin(fixture.separation->jobs[1]);
        fixture.separation->give(fixture.separation->jobs[1], 0.1F, 5000, 0.5);
        QTRY_VERIFY(fixture.model().slot(0).share() > 0);
        QVERIFY(fixture.model().slot(0).state() == SourceSlot::State::Separating);
        QVERIFY(test::near(fixture.output(), 0.1));
    }

    void retryKeepsTheLanes() {
        test::ListenFixture fixture;
        fixture.compare(0.25F, 0.1F);
        const auto headers = fixture.page->findChildren<LaneHeader*>();
        QCOMPARE(std::size(headers), std::ssize(fixture.model().lanes()));
        const QSignalSpy laneChanges(&fixture.model(), &ListenModel::lanesChanged);
        fixture.model().slot(0).retry();
        const auto vocals = fixture.model().audio({Lane::Role::Stem, "vocals"}, 0);
        QVERIFY(vocals && vocals->frames() == 0);
        fixture.separation->finish(fixture.separation->jobs.at(2), 0.3F);
        QTRY_VERIFY(fixture.model().slot(0).state() == SourceSlot::State::Ready);
        QCOMPARE(laneChanges.count(), 0);
        QCOMPARE(fixture.page->findChildren<LaneHeader*>(), headers);
        fixture.model().setMatchLoudness(false);
        QVERIFY(test::near(fixture.output(), 0.3));
    }

    void lanesReuseRows() {
        test::ListenFixture fixture;
        fixture.openSong(); // mixture and two true stems
        const auto before = fixture.page->findChildren<LaneHeader*>();
        QCOMPARE(before.size(), 3);
        fixture.model().slot(0).setSource(test::ListenFixture::source(0));
        fixture.separation->finish(fixture.separation->jobs.at(0), 0.3F);
        QTRY_COMPARE(std::ssize(fixture.model().lanes()), 5); // also vocals, accompaniment and difference
        const auto after = fixture.page->findChildren<LaneHeader*>();
        QCOMPARE(after.size(), 5);
        for (LaneHeader* header : before)
            QVERIFY(after.contains(header));
        for (const Lane& lane : fixture.model().lanes())
            QVERIFY(std::ranges::any_of(after, [&](const LaneHeader* header) {
                return header->accessibleName() == laneTitle(lane);
            }));
        fixture.model().slot(0).setSource({});
        QTRY_COMPARE(fixture.page->findChildren<LaneHeader*>(), before);
    }

    void removingTheSoloDoublesNothing() {
        test::ListenFixture fixture;
        fixture.compare(0.25F, 0.1F);
        fixture.model().setMatchLoudness(false);
        const int stem = fixture.laneOf(Lane::Role::Stem);
        QVERIFY(fixture.model().lanes()[stem].solo);
        QVERIFY(test::near(fixture.output(), 0.25));
        fixture.key(Qt::Key_S);
        QVERIFY(test::near(fixture.output(), 0.25)); // 0.85 if the mixture played too
        for (const int which : {0, 1})
            fixture.model().slot(which).setSource({});
        QTRY_COMPARE(std::ssize(fixture.model().lanes()), 3);
        QVERIFY(test::near(fixture.output(), 0.6)); // no stems: the mixture again
    }
};

HEADROOM_UI_TEST_MAIN(TestListenCompare)
#include "tst_listen_compare.moc"
