// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/support/scripted_studio.h"
#include "tests/support/strict_ui_main.h"
#include "tests/ui/memory/memory_page_bench.h"
#include "ui/memory/flame_graph.h"
#include "ui/memory/memory_timeline.h"
#include "ui/memory/snapshot_dialog.h"
#include "ui/memory/snapshot_model.h"
#include "ui/text/memory_text.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/saved_notice.h"
#include "ui/window/main_window.h"
#include "ui/window/studio.h"

#include <QDropEvent>
#include <QLabel>
#include <QMessageBox>
#include <QMimeData>
#include <QTableView>
#include <QTemporaryDir>
#include <QTimer>
#include <QUrl>
#include <qcustomplot.h>

#include <algorithm>

using namespace headroom;
using namespace headroom::ui;

namespace {

bool showsText(QWidget& dialog, const QString& text) {
    return std::ranges::any_of(dialog.findChildren<QLabel*>(), [&](const QLabel* label) {
        return label->isVisible() && label->text().contains(text);
    });
}

QString contentsOf(const QString& path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

/// A memory page with snapshots.
struct SnapshotBench {
    explicit SnapshotBench() {
        auto service = std::make_unique<test::ScriptedSnapshots>();
        scripted = service.get();
        snapshots = std::make_unique<SnapshotModel>(std::move(service), page.forecast);
        page.page.setSnapshots(*snapshots);
    }
    QString savedText() { return page.page.findChild<SavedNotice*>()->text(); }

    test::MemoryPageBench page;
    test::ScriptedSnapshots* scripted = nullptr;
    std::unique_ptr<SnapshotModel> snapshots;
};

} // namespace

class TestSnapshotDialog : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void saysWhetherTheProgramWouldFit() {
        SnapshotBench bench;
        bench.page.forecast.setCard(1);
        SnapshotDialog dialog(*bench.snapshots, bench.page.theme, nullptr);
        dialog.show();
        bench.snapshots->open(QStringLiteral("/tmp/mine.pickle"));
        QVERIFY(showsText(dialog, QStringLiteral("Replaying mine.pickle")));
        QTRY_VERIFY(bench.snapshots->replay() != nullptr);
        QCOMPARE(bench.scripted->requests.back().file, std::string("/tmp/mine.pickle"));
        QCOMPARE(bench.scripted->requests.back().card, bench.page.forecast.card());
        QVERIFY(showsText(dialog, QStringLiteral("The program would fit RTX 4060: 1.1 GiB of 8.0 GiB.")));
        QVERIFY(showsText(dialog, QStringLiteral("4 entries, 0.7 GiB requested at the peak")));
        QVERIFY(showsText(dialog, QStringLiteral("<b>a notice</b>.")));
        const auto* table = dialog.findChild<QTableView*>()->model();
        QCOMPARE(table->rowCount(), 2);
        QCOMPARE(table->index(1, 0).data().toString(), QStringLiteral("expandable_segments:True"));
        QCOMPARE(table->index(1, 4).data().toString(), QStringLiteral("fits"));
    }

    /// The open file is replayed for each card.
    void followsTheChosenCard() {
        SnapshotBench bench;
        bench.page.forecast.setCard(1);
        SnapshotDialog dialog(*bench.snapshots, bench.page.theme, nullptr);
        dialog.show();
        bench.snapshots->open(QStringLiteral("/tmp/mine.pickle"));
        QTRY_VERIFY(bench.snapshots->replay() != nullptr);
        bench.page.forecast.setOtherCapacity(std::int64_t{1} << 30);
        QTRY_VERIFY(showsText(
            dialog, QStringLiteral("with PYTORCH_ALLOC_CONF=expandable_segments:True: 0.9 GiB of 1.0 GiB.")));
        const std::size_t asked = bench.scripted->requests.size();
        dialog.close();
        bench.page.forecast.setCard(1);
        QCOMPARE(bench.scripted->requests.size(), asked);
    }

    void showsChartAndCalls() {
        SnapshotBench bench;
        bench.page.forecast.setCard(1);
        SnapshotDialog dialog(*bench.snapshots, bench.page.theme, nullptr);
        dialog.show();
        bench.snapshots->open(QStringLiteral("/tmp/mine.pickle"));
        QTRY_VERIFY(bench.snapshots->replay() != nullptr);
        auto* timeline = dialog.findChild<MemoryTimeline*>();
        QCOMPARE(timeline->accessibleName(), QStringLiteral("Memory of the program"));
        QCOMPARE(dialog.findChild<QCustomPlot*>()->xAxis->range().upper, 3.0);
        const auto* graph = dialog.findChild<FlameGraph*>();
        QVERIFY(graph->accessibleDescription().contains(QStringLiteral("0.7 GiB")));
        QCOMPARE(graph->accessibleName(), QStringLiteral("Live memory by call"));
        // The peak, and the place of the cross-hair.
        const QString atPeak = QStringLiteral("Event 1 of 3: 0.68 GiB allocated, 0.68 GiB reserved");
        QVERIFY2(timeline->accessibleDescription() == atPeak, qPrintable(timeline->accessibleDescription()));
        QTest::keyClick(timeline, Qt::Key_Right);
        QCOMPARE(timeline->accessibleDescription(),
                 QStringLiteral("Event 0 of 3: 0.20 GiB allocated, 0.68 GiB reserved"));
        const auto labels = dialog.findChildren<ElidedLabel*>();
        QVERIFY(std::ranges::any_of(labels, [&](const ElidedLabel* label) {
            return label->isVisible() && label->text() == timeline->accessibleDescription();
        }));
        // What is live after the last event.
        Q_EMIT timeline->eventChosen(2);
        QVERIFY2(graph->accessibleDescription().contains(QStringLiteral("0.5 GiB")),
                 qPrintable(graph->accessibleDescription()));
        const QString unused = QStringLiteral("%1 cached but unused; free blocks: 3, the largest %2")
                                   .arg(bytesText(200 << 20), bytesText(100 << 20));
        QVERIFY(
            std::ranges::any_of(labels, [&](const ElidedLabel* label) { return label->text() == unused; }));
        const QTemporaryDir folder;
        dialog.exportTo(folder.filePath(QStringLiteral("a.folded")));
        QCOMPARE(contentsOf(folder.filePath(QStringLiteral("a.folded"))),
                 QStringLiteral("main (a.py:1);g (a.py:3) 524288000\n"));
    }

    void saysWhyAFileIsNotReplayed() {
        SnapshotBench bench;
        bench.scripted->problem = "there is no dict";
        SnapshotDialog dialog(*bench.snapshots, bench.page.theme, nullptr);
        dialog.show();
        bench.snapshots->open(QStringLiteral("/tmp/mine.pickle"));
        QTRY_VERIFY(showsText(dialog, QStringLiteral("mine.pickle could not be replayed")));
        QVERIFY(showsText(dialog, QStringLiteral("/tmp/mine.pickle: there is no dict")));
        QVERIFY(!dialog.findChild<MemoryTimeline*>()->isVisible());
    }

    void exportsTheForecast() {
        SnapshotBench bench;
        bench.page.page.show();
        QTRY_VERIFY(bench.page.isReady());
        bench.page.page.exportTo(QStringLiteral("/tmp/run.pickle"));
        QTRY_COMPARE(bench.savedText(), QStringLiteral("Saved to /tmp/run.pickle."));
        QCOMPARE(bench.scripted->writes.at(0).second, std::string("/tmp/run.pickle"));
        QCOMPARE(bench.scripted->writes.at(0).first.config, bench.page.config.config());
        QCOMPARE(bench.scripted->writes.at(0).first.card, bench.page.forecast.card());
        bench.scripted->writtenPeak = 1;
        bench.page.page.exportTo(QStringLiteral("/tmp/two.pickle"));
        QTRY_VERIFY(bench.savedText().contains(QStringLiteral("is not in them")));
        bench.scripted->problem = "no space left";
        bench.page.page.exportTo(QStringLiteral("/tmp/run.pickle"));
        QTRY_VERIFY(qobject_cast<QMessageBox*>(QApplication::activeModalWidget()) == nullptr);
        QString shown;
        QTimer::singleShot(0, qApp, [&] {
            shown = qobject_cast<QMessageBox*>(QApplication::activeModalWidget())->text();
            QApplication::activeModalWidget()->close();
        });
        QTRY_VERIFY(!shown.isEmpty());
        QVERIFY(shown.contains(QStringLiteral("no space left")));
    }

    void exportsTheFlameGraph() {
        SnapshotBench bench;
        bench.page.page.show();
        QTRY_VERIFY(bench.page.isReady());
        const QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("step.folded"));
        bench.page.page.exportTo(path);
        QVERIFY(bench.savedText().startsWith(QStringLiteral("Saved to %1.").arg(path)));
        const Forecast& forecast = *bench.page.forecast.forecast();
        QCOMPARE(contentsOf(path).toStdString(),
                 foldedStacks(memoryTree(forecast.tensors, forecast.peakEvent)));
        QVERIFY(!contentsOf(path).isEmpty());
    }

    void droppedSnapshotsOpen() {
        Theme theme(Theme::Mode::Dark);
        Studio studio(test::scriptedServices(), theme);
        studio.window().show();
        Q_EMIT studio.window().dropped(QStringLiteral("/tmp/other.PKL"));
        auto* dialog = studio.window().findChild<SnapshotDialog*>();
        QVERIFY(dialog != nullptr && dialog->isVisible());
        QTRY_VERIFY(showsText(*dialog, QStringLiteral("4 entries")));
        QCOMPARE(dialog->windowTitle(), QStringLiteral("Memory snapshot other.PKL"));
        dialog->close();
        QTRY_VERIFY(studio.window().findChild<SnapshotDialog*>() == nullptr);
    }
};

HEADROOM_UI_TEST_MAIN(TestSnapshotDialog)
#include "tst_snapshot_dialog.moc"
