// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/config/option_table.h"
#include "tests/support/scripted_listening.h"
#include "tests/support/scripted_studio.h"
#include "tests/support/strict_ui_main.h"
#include "ui/bridge/dataset_bridge.h"
#include "ui/configuration/config_model.h"
#include "ui/data/data_page.h"
#include "ui/data/demo_button.h"
#include "ui/data/demo_start.h"
#include "ui/data/song_table.h"
#include "ui/theme/theme.h"
#include "ui/window/main_window.h"
#include "ui/window/studio.h"

#include <QAbstractItemModelTester>
#include <QAction>
#include <QFile>
#include <QFileDialog>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QProgressBar>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableView>
#include <QTableWidget>
#include <QTemporaryDir>
#include <QTimer>

#include <algorithm>

using namespace headroom;
using namespace headroom::ui;

namespace {

/// Answers when the test calls a sink.
class ManualService final : public DatasetService {
public:
    struct Request {
        std::uint64_t number;
        std::string root;
        std::vector<std::string> stems;
        std::function<void(const DatasetEvent&)> sink;
    };
    void inspect(std::uint64_t number, const std::string& root, const std::vector<std::string>& stems,
                 std::function<void(const DatasetEvent&)> sink) override {
        requests.push_back({number, root, stems, std::move(sink)});
    }
    void composeDemoSongs(std::uint64_t number, const std::string& folder,
                          std::function<void(const DatasetEvent&)> sink) override {
        compositions.push_back({number, folder, {}, std::move(sink)});
    }
    void cancel(std::uint64_t number) override { canceled.push_back(number); }

    std::vector<Request> requests;
    std::vector<Request> compositions;
    std::vector<std::uint64_t> canceled;
};

SongReport song(const std::string& split, const std::string& name, double seconds) {
    FileReport file;
    file.stem = "vocals";
    file.sampleRate = 1000;
    file.frames = static_cast<std::int64_t>(seconds * 1000);
    file.peak = 0.5;
    return {name, split, {file}, -96.0};
}

DatasetReport report() {
    return {"/songs",
            {song("train", "amber", 242.118), song("train", "brass", 31), song("test", "amber", 100)},
            {{Severity::Warning, "clipped", {"train/brass"}, "vocals: 214 samples clipped"},
             {Severity::Note, "silent", {"train/brass", "test/amber"}, "vocals are silent"}}};
}

struct Bench {
    Bench() {
        auto owned = std::make_unique<ManualService>();
        service = owned.get();
        bridge = std::make_unique<DatasetBridge>(std::move(owned));
        page = std::make_unique<DataPage>(*bridge, config);
        page->resize(1000, 600);
        page->show();
        songs = page->findChild<SongTable*>();
        for (auto* table : page->findChildren<QTableView*>()) {
            if (table->accessibleName() == QStringLiteral("Songs"))
                view = table;
        }
    }
    void inspect(const DatasetReport& found) {
        page->openDataset(QStringLiteral("/songs"));
        service->requests.back().sink(DatasetInspected{service->requests.back().number, found});
    }

    ConfigModel config;
    ManualService* service;
    std::unique_ptr<DatasetBridge> bridge;
    std::unique_ptr<DataPage> page;
    SongTable* songs;
    QTableView* view = nullptr;
};

} // namespace

class TestDataPage : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void sortsSongsBySeverityOfFindings() {
        Bench bench;
        const QAbstractItemModelTester tester(bench.songs,
                                              QAbstractItemModelTester::FailureReportingMode::Fatal);
        bench.inspect(report());
        QTRY_COMPARE(bench.songs->rowCount(), 3);
        const auto text = [&](int column) { return bench.view->model()->index(0, column).data().toString(); };
        QCOMPARE(text(SongTable::Song), QStringLiteral("brass"));
        QCOMPARE(text(SongTable::Length), QStringLiteral("0:31.000"));
        QCOMPARE(text(SongTable::Peak), QStringLiteral("-6.0"));
        QCOMPARE(text(SongTable::Finding),
                 QStringLiteral("▲ Warning: vocals: 214 samples clipped, and 1 more"));
        QCOMPARE(bench.page->findChild<QTableWidget*>()->rowCount(), 1);
        bench.view->sortByColumn(SongTable::Length, Qt::DescendingOrder);
        QCOMPARE(text(SongTable::Length), QStringLiteral("4:02.118"));
    }

    /// A folder or a table dropped on the window becomes the data set; its songs are shown and can be played.
    void opensWhatIsDroppedOnTheWindow() {
        Theme theme(Theme::Mode::Dark);
        auto services = test::scriptedServices();
        auto* listening = static_cast<test::ScriptedListening*>(services.listening.get());
        Studio studio(std::move(services), theme);
        MainWindow& window = studio.window();
        window.show();
        const QTemporaryDir folder;
        QFile table(folder.filePath(QStringLiteral("stems.csv")));
        QVERIFY(table.open(QIODevice::WriteOnly));
        table.close();
        auto* page = window.findChild<DataPage*>();
        for (const QString& path : {folder.path(), table.fileName()}) {
            window.showPage(window.pages().front());
            QVERIFY(!page->isVisible());
            Q_EMIT window.dropped(path);
            QCOMPARE(studio.config().config().data.root, path.toStdString());
            QVERIFY(page->isVisible());
            QTRY_COMPARE(QString::fromStdString(listening->dataset), path);
        }
    }

    /// A folder or a table, from the buttons' menu.
    void offersFoldersAndTables() {
        Bench bench;
        int menus = 0;
        for (const auto* button : bench.page->findChildren<QPushButton*>())
            menus += button->menu() == bench.page->openMenu() ? 1 : 0;
        QCOMPARE(menus, 2); // of the header and of the empty page
        const auto actions = bench.page->openMenu()->actions();
        QCOMPARE(actions.size(), 2);
        const QTemporaryDir folder;
        const QString table = folder.filePath(QStringLiteral("stems.csv"));
        QFile file(table);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.close();
        const auto choose = [&](QAction* action, const QString& path, QFileDialog::FileMode mode) {
            bool isAsked = false;
            QTimer::singleShot(0, bench.page.get(), [&] {
                auto* dialog = qobject_cast<QFileDialog*>(QApplication::activeModalWidget());
                if (dialog == nullptr)
                    return;
                isAsked = dialog->fileMode() == mode;
                dialog->findChild<QLineEdit*>(QStringLiteral("fileNameEdit"))->setText(path);
                QMetaObject::invokeMethod(dialog, "accept");
            });
            action->trigger();
            return isAsked;
        };
        QVERIFY(choose(actions[1], table, QFileDialog::ExistingFile));
        QCOMPARE(bench.config.config().data.root, table.toStdString());
        QCOMPARE(bench.service->requests.back().root, table.toStdString());
        QVERIFY(choose(actions[0], folder.path(), QFileDialog::Directory));
        QCOMPARE(bench.config.config().data.root, folder.path().toStdString());
    }

    void namesTheLayout() {
        Bench bench;
        DatasetReport found = report();
        found.layouts = {DatasetLayout::StemFolders, DatasetLayout::MoisesDb};
        bench.inspect(found);
        QTRY_COMPARE(bench.songs->rowCount(), 3);
        const auto labels = bench.page->findChildren<QLabel*>();
        const auto isNamed = [](const QLabel* label) {
            return label->text().endsWith(QStringLiteral(
                "Layout: a folder per stem (MSST type 2); MoisesDB: stems are sums of tracks"));
        };
        QTRY_VERIFY(std::ranges::any_of(labels, isNamed));
    }

    void namesTheTracksOfAStem() {
        Bench bench;
        DatasetReport found = report();
        found.songs[1].files[0].track = "take 1.wav";
        bench.inspect(found);
        QTRY_COMPARE(bench.songs->rowCount(), 3);
        const auto* files = bench.page->findChild<QTableWidget*>();
        QCOMPARE(files->item(0, 0)->text(), QStringLiteral("vocals/take 1.wav"));
    }

    void otherOptionsDoNotChangeTheSongs() {
        Bench bench;
        const QSignalSpy changes(bench.songs, &SongTable::usedChanged);
        bench.config.set(*findOption("model.num_layers"), std::int64_t{3});
        QCOMPARE(changes.count(), 0);
        bench.config.set(*findOption("data.exclude"), std::vector<std::string>{"brass"});
        QCOMPARE(changes.count(), 1);
    }

    void excludingASongCanBeUndone() {
        Bench bench;
        bench.inspect(report());
        QTRY_COMPARE(bench.songs->rowCount(), 3);
        QTest::keyClick(bench.page.get(), Qt::Key_Delete); // excludes brass, the current song
        QCOMPARE(bench.config.config().data.exclude, std::vector<std::string>{"brass"});
        QCOMPARE(bench.songs->data(bench.songs->index(1, 0), Qt::CheckStateRole).toInt(), int(Qt::Unchecked));
        QCOMPARE(bench.songs->excluded(), 1);
        bench.config.history().undo();
        QVERIFY(bench.config.config().data.exclude.empty());
        QVERIFY(bench.songs->isUsed(bench.songs->song(1)));

        // A test song is not excluded with the training song of the same name.
        bench.songs->setData(bench.songs->index(0, 0), Qt::Unchecked, Qt::CheckStateRole);
        QVERIFY(bench.songs->isUsed(bench.songs->song(2)));
        QVERIFY(!bench.songs->data(bench.songs->index(2, 0), Qt::CheckStateRole).isValid());
    }

    void eventsOfAnotherFolderAreIgnored() {
        Bench bench;
        bench.page->openDataset(QStringLiteral("/first"));
        bench.page->openDataset(QStringLiteral("/second"));
        auto& requests = bench.service->requests;
        QCOMPARE(bench.service->canceled, std::vector<std::uint64_t>{requests[0].number});
        requests[0].sink(DatasetInspected{requests[0].number, report()});
        requests[1].sink(DatasetProgress{requests[1].number, 1, 7});
        QTRY_COMPARE(bench.page->findChild<QProgressBar*>()->maximum(), 7);
        QCOMPARE(bench.songs->rowCount(), 0);
        requests[1].sink(DatasetRefused{requests[1].number, "no songs"});
        QTRY_VERIFY(bench.page->findChild<QProgressBar*>()->isHidden());
    }

    /// The configuration belongs to the run, which would resume with another data set.
    void previewsFoldersWhileARunIsOpen() {
        Bench bench;
        bench.config.set(*findOption("data.root"), std::string("/of the run"));
        bench.page->setRunName(QStringLiteral("first run"));
        bench.inspect(report());
        QTRY_COMPARE(bench.songs->rowCount(), 3);
        QCOMPARE(bench.config.config().data.root, std::string("/of the run"));
        const auto shown = [&bench](const QString& text) {
            const auto buttons = bench.page->findChildren<QPushButton*>();
            const auto found = std::ranges::find_if(
                buttons, [&](QPushButton* button) { return button->text() == text && button->isVisible(); });
            return found == buttons.end() ? nullptr : *found;
        };
        QTest::keyClick(bench.page.get(), Qt::Key_Delete); // songs of a preview cannot be excluded
        QVERIFY(bench.config.config().data.exclude.empty());

        QPushButton* back = shown(QStringLiteral("Back to the run's songs"));
        QVERIFY(back != nullptr);
        back->click();
        QCOMPARE(bench.service->requests.back().root, std::string("/of the run"));
        bench.page->openDataset(QStringLiteral("/songs"));
        QVERIFY(shown(QStringLiteral("Back to the run's songs")) != nullptr);
        QPushButton* use = shown(QStringLiteral("Use these songs"));
        QVERIFY(use != nullptr);
        use->click();
        QCOMPARE(bench.config.config().data.root, std::string("/songs"));
        QVERIFY(shown(QStringLiteral("Use these songs")) == nullptr);
    }

    void inspectsTheConfiguredFolderWhenShown() {
        Bench bench;
        bench.page->hide();
        bench.config.set(*findOption("data.root"), std::string("/elsewhere"));
        QVERIFY(bench.service->requests.empty());
        bench.page->show();
        QCOMPARE(bench.service->requests.size(), std::size_t(1));
        QCOMPARE(bench.service->requests[0].root, std::string("/elsewhere"));
    }

    void inspectsWithTheConfiguredStems() {
        Bench bench;
        auto& requests = bench.service->requests;
        bench.config.set(*findOption("data.stems"), std::vector<std::string>{"vocals", "rest"});
        QVERIFY(requests.empty()); // no data set
        bench.inspect(report());
        QCOMPARE(requests.size(), std::size_t(1));
        QCOMPARE(requests[0].stems, (std::vector<std::string>{"vocals", "rest"}));
        bench.config.set(*findOption("model.num_layers"), std::int64_t{3});
        QCOMPARE(requests.size(), std::size_t(1));
        bench.config.set(*findOption("data.stems"), std::vector<std::string>{});
        QCOMPARE(requests.size(), std::size_t(2));
        QVERIFY(requests[1].stems.empty());
        // Other changes do not repeat an inspection that failed.
        requests[1].sink(DatasetRefused{requests[1].number, "no songs"});
        QTRY_VERIFY(!bench.bridge->busy());
        bench.config.set(*findOption("model.num_layers"), std::int64_t{4});
        QCOMPARE(requests.size(), std::size_t(2));
        bench.config.history().undo();
        bench.config.history().undo(); // data.stems
        QCOMPARE(requests.size(), std::size_t(3));
    }

    void demoSetsTheConfiguration() {
        Bench bench;
        DemoStart demo(*bench.bridge, bench.config);
        DemoButton button(demo);
        QSignalSpy ready(&demo, &DemoStart::ready);
        const QString offer = button.text();
        button.click();
        QVERIFY(!button.isEnabled());
        button.click(); // ignored
        QCOMPARE(bench.service->compositions.size(), std::size_t(1));
        const auto& composition = bench.service->compositions[0];
        composition.sink(DatasetProgress{composition.number, 2, 8});
        QTRY_VERIFY(button.text().contains(QStringLiteral("3 of 8")));
        // Opening another data set does not cancel the synthesis.
        bench.page->openDataset(QStringLiteral("/other"));
        composition.sink(DemoSongsComposed{composition.number, "/demo"});
        QTRY_COMPARE(ready.count(), 1);
        QCOMPARE(bench.config.config().data.root, std::string("/demo"));
        QCOMPARE(bench.config.baselineFile(), QStringLiteral("configs/demo.yaml"));
        QVERIFY(button.isEnabled());
        QCOMPARE(button.text(), offer);

        QSignalSpy failed(&demo, &DemoStart::failed);
        button.click();
        const auto& another = bench.service->compositions[1];
        another.sink(DatasetRefused{another.number, "the disk is full"});
        QTRY_COMPARE(failed.count(), 1);
        QVERIFY(button.isEnabled());
    }

    void requestsPlaybackIfAvailable() {
        Bench bench;
        bench.inspect(report());
        QTRY_COMPARE(bench.songs->rowCount(), 3);
        QSignalSpy played(bench.page.get(), &DataPage::playRequested);
        QTest::keyClick(bench.page.get(), Qt::Key_P);
        QCOMPARE(played.count(), 0);
        bench.page->setPlaybackAvailable(true);
        QTest::keyClick(bench.page.get(), Qt::Key_P);
        QCOMPARE(played[0][1].toString(), QStringLiteral("train/brass"));
    }
};

HEADROOM_UI_TEST_MAIN(TestDataPage)
#include "tst_data_page.moc"
