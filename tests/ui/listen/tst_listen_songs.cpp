// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/support/strict_ui_main.h"
#include "tests/ui/listen/listen_fixture.h"
#include "ui/listen/stem_export.h"
#include "ui/widgets/message_bar.h"

#include <QComboBox>
#include <QCoreApplication>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QSignalSpy>

using namespace headroom;
using namespace headroom::ui;

class TestListenSongs : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void opensTheFirstSongOfTheDataset() {
        test::ListenFixture fixture;
        fixture.openSong();
        QCOMPARE(QString::fromStdString(fixture.model().song().song().name), QStringLiteral("one"));
        QCOMPARE(fixture.model().lanes().size(), std::size_t{3}); // mixture and the true stems
        QVERIFY(test::near(fixture.output(), 0.6));
        fixture.key(Qt::Key_2); // solo drums
        QVERIFY(test::near(fixture.output(), 0.4));
    }

    void showsNoticesOfTheOpenSong() {
        test::ListenFixture fixture;
        fixture.listening->notices = {"/songs/one.wav: its header has no length"};
        fixture.openSong();
        const auto isShown = [&] {
            const auto labels = fixture.page->findChildren<QLabel*>();
            return std::ranges::any_of(labels, [](const QLabel* label) {
                return label->isVisible() && label->text().contains(QStringLiteral("one.wav: its header"));
            });
        };
        QVERIFY(isShown());
        fixture.listening->notices.clear();
        fixture.page->openFile(QStringLiteral("/songs/dropped.wav"));
        QTRY_VERIFY(!isShown());
    }

    void newSongIsSeparated() {
        test::ListenFixture fixture;
        fixture.compare(0.25F, 0.1F);
        fixture.page->openFile(QStringLiteral("/songs/dropped.wav"));
        QTRY_COMPARE(fixture.separation->jobs.size(), std::size_t{4});
        QVERIFY(fixture.model().slot(0).state() == SourceSlot::State::Waiting);
        QVERIFY(!fixture.model().metering(0).sdr());
    }

    void listensToTheNearestCheckpoint() {
        test::ListenFixture fixture;
        fixture.openSong();
        fixture.page->listenTo(QStringLiteral("/runs/first"), 120);
        QTRY_COMPARE(fixture.separation->jobs.size(), std::size_t{1});
        QCOMPARE(*fixture.separation->jobs[0].song.model.step, std::int64_t{100});
        fixture.page->listenTo(QStringLiteral("/runs/first"), 5000);
        QTRY_VERIFY(fixture.model().slot(1).source().kind == ListenSource::Kind::Model);
        QCOMPARE(*fixture.model().slot(0).source().model.step, std::int64_t{200});
        QCOMPARE(*fixture.model().slot(1).source().model.step, std::int64_t{100});
    }

    void failedFileOnlyShowsAMessage() {
        test::ListenFixture fixture;
        fixture.compare(0.25F, 0.1F);
        const auto* songs = fixture.page->findChild<QComboBox*>();
        const auto number = fixture.model().song().number();
        const auto jobs = fixture.separation->jobs.size();
        fixture.listening->broken = "/songs/damaged.wav";
        QSignalSpy failures(&fixture.model().song(), &SongModel::failed);
        fixture.page->openFile(QStringLiteral("/songs/damaged.wav"));
        QTRY_COMPARE(failures.count(), 1);
        QCOMPARE(songs->count(), 2);
        QCOMPARE(songs->currentText(), QStringLiteral("test / one"));
        QCOMPARE(fixture.model().song().number(), number);
        QVERIFY(fixture.model().song().isLoaded());
        QCOMPARE(fixture.separation->jobs.size(), jobs);
        const auto labels = fixture.page->findChildren<QLabel*>();
        QVERIFY(std::ranges::any_of(labels, [](const QLabel* label) {
            return label->isVisible() && label->text().contains(QStringLiteral("damaged.wav: unsupported"));
        }));
    }

    void nextSongSkipsAFailedSong() {
        test::ListenFixture fixture;
        fixture.listening->broken = "/songs/two.wav";
        fixture.openSong();
        QSignalSpy failures(&fixture.model().song(), &SongModel::failed);
        const auto* songs = fixture.page->findChild<QComboBox*>();
        const auto buttons = fixture.page->findChildren<QPushButton*>();
        const auto next = std::ranges::find(buttons, tr("Next song"), &QPushButton::text);
        (*next)->click();
        QTRY_COMPARE(failures.count(), 1);
        QCOMPARE(songs->currentText(), QStringLiteral("test / one"));
        const auto number = fixture.model().song().number();
        (*next)->click(); // continues after the failed song
        QTRY_VERIFY(fixture.model().song().number() != number);
        QCOMPARE(songs->currentText(), QStringLiteral("test / one"));
    }

    void failureReloadsASongThatWasLoading() {
        test::ListenFixture fixture;
        fixture.listening->answersLoads = false;
        fixture.page->setDataset(QStringLiteral("/songs"), {});
        QTRY_VERIFY(fixture.model().song().isOpen());
        fixture.listening->answersLoads = true;
        fixture.listening->broken = "/songs/damaged.wav";
        fixture.page->openFile(QStringLiteral("/songs/damaged.wav"));
        QTRY_VERIFY(fixture.model().song().isLoaded());
        QCOMPARE(QString::fromStdString(fixture.model().song().song().name), QStringLiteral("one"));
    }

    void playsASongByTitle() {
        test::ListenFixture fixture;
        fixture.page->playSong(QStringLiteral("test/two")); // before the songs are listed
        fixture.openSong();
        QCOMPARE(QString::fromStdString(fixture.model().song().song().name), QStringLiteral("two"));
        QCOMPARE(fixture.page->player().playing(), fixture.page->player().problem().isEmpty());
    }

    void exportReportsWrittenFiles() {
        test::ListenFixture fixture;
        fixture.compare(0.25F, 0.1F);
        auto* writer = fixture.page->findChild<StemExport*>();
        writer->begin({});
        SeparatedSong song;
        song.outputs = {"/out/vocals.wav", "/out/rest.wav"};
        song.nullTestDecibels = -150.5;
        fixture.separation->exportSink(
            SeparationDone{fixture.separation->exportNumber, {"cpu", "weights", {song}, false}});
        const auto shows = [&](const QString& text) {
            const auto labels = writer->findChildren<QLabel*>();
            return std::ranges::any_of(labels,
                                       [&](const QLabel* label) { return label->text().contains(text); });
        };
        QTRY_VERIFY(shows(QStringLiteral("−150.5 dB")));
        QVERIFY(shows(QStringLiteral("2 files written to /out.")));
        fixture.page->openFile(QStringLiteral("/songs/dropped.wav"));
        QTRY_VERIFY(!writer->findChildren<QLabel*>().constFirst()->isVisible()); // hidden for another song
    }

    void exportOfAFolderShowsSongAndErrors() {
        test::ListenFixture fixture;
        fixture.compare(0.25F, 0.1F);
        auto* writer = fixture.page->findChild<StemExport*>();
        SeparationRequest request;
        request.outputFolder = "/out";
        writer->begin(request);
        const auto shows = [&](const QString& text) {
            const auto labels = writer->findChildren<QLabel*>();
            return std::ranges::any_of(labels, [&](const QLabel* label) {
                return label->isVisibleTo(writer) && label->text().contains(text);
            });
        };
        const auto number = fixture.separation->exportNumber;
        fixture.separation->exportSink(ExportProgress{number, {2, 3, "/songs/b.m4a", 5, 20}});
        QTRY_VERIFY(shows(QStringLiteral("Song 2 of 3: b.m4a")));
        QCOMPARE(writer->findChild<QProgressBar*>()->value() * 4,
                 writer->findChild<QProgressBar*>()->maximum());
        SeparatedSong good;
        good.outputs = {"/out/a/vocals.wav", "/out/a/rest.wav"};
        SeparatedSong bad;
        bad.error = "/songs/b.m4a: damaged.";
        fixture.separation->exportSink(SeparationDone{number, {"cpu", "weights", {good, bad}, false}});
        QTRY_VERIFY(shows(QStringLiteral("2 files written to /out. /songs/b.m4a: damaged.")));

        writer->begin(request);
        const auto next = fixture.separation->exportNumber;
        fixture.separation->exportSink(ExportProgress{next, {1, 3, "/songs/a.m4a", 1, 20}});
        QTRY_VERIFY(shows(QStringLiteral("Song 1 of 3")));
        for (auto* button : writer->findChildren<QPushButton*>())
            if (button->text() == QStringLiteral("Cancel"))
                button->click();
        QCOMPARE(fixture.separation->canceled.back(), next);
        fixture.separation->exportSink(SeparationCanceled{next});
        QTRY_VERIFY(!shows(QStringLiteral("Song 1 of 3")));
    }

    void aNewExportClearsTheErrorOfTheLast() {
        test::ListenFixture fixture;
        fixture.compare(0.25F, 0.1F);
        auto* writer = fixture.page->findChild<StemExport*>();
        auto* bar = fixture.page->findChild<MessageBar*>();
        writer->begin({});
        fixture.separation->exportSink(
            SeparationFailed{fixture.separation->exportNumber,
                             Error(ErrorKind::Failure, "cannot create the folder", "/proc/nowhere")});
        QTRY_VERIFY(bar->isVisibleTo(fixture.page.get()));
        const QString said = bar->findChild<QLabel*>()->text();
        QVERIFY2(said.contains(QStringLiteral("/proc/nowhere: cannot create the folder")), qPrintable(said));
        writer->begin({});
        QVERIFY(!bar->isVisibleTo(fixture.page.get()));
    }

    void canBeDestroyedDuringASeparation() {
        auto fixture = std::make_unique<test::ListenFixture>();
        fixture->openSong();
        fixture->model().slot(0).setSource(test::ListenFixture::source(0));
        const auto job = fixture->separation->jobs.at(0);
        fixture->separation->finish(job, 0.5F);
        fixture->page.reset();
        QCoreApplication::processEvents(); // posted answers have no receiver
    }

    void listensToTheBestCheckpoint() {
        test::ListenFixture fixture;
        fixture.openSong();
        fixture.page->listenToBest(QStringLiteral("/runs/first"));
        QTRY_COMPARE(fixture.separation->jobs.size(), std::size_t{1});
        QCOMPARE(fixture.separation->jobs[0].song.model.step, std::optional<std::int64_t>(100));
        fixture.listening->checkpoints.clear();
        fixture.page->listenToBest(QStringLiteral("/runs/empty"));
        QCoreApplication::processEvents();
        QCOMPARE(fixture.separation->jobs.size(), std::size_t{1});
    }
};

HEADROOM_UI_TEST_MAIN(TestListenSongs)
#include "tst_listen_songs.moc"
