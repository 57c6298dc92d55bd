// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/engine/services.h"
#include "tests/support/strict_main.h"
#include "tests/support/tiny_dataset.h"

#include <QFile>
#include <QTemporaryDir>

#include <atomic>
#include <future>
#include <vector>

using namespace headroom;

class TestInspectionWorker : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void reportsProgressAndResult() {
        test::TinyDataset data;
        data.add("train/one");
        data.add("train/two");
        std::vector<std::size_t> done;
        std::promise<DatasetEvent> end;
        const auto service = makeDatasetService();
        service->inspect(4, data.root().string(), {}, [&](const DatasetEvent& event) {
            if (const auto* progress = std::get_if<DatasetProgress>(&event))
                done.push_back(progress->done);
            else
                end.set_value(event);
        });
        const auto inspected = std::get<DatasetInspected>(end.get_future().get());
        QCOMPARE(inspected.number, std::uint64_t(4));
        QCOMPARE(inspected.report.songs.size(), std::size_t(2));
        QCOMPARE(done, (std::vector<std::size_t>{1, 2}));
    }

    void ignoresOtherStems() {
        test::TinyDataset data;
        data.add("train/one");
        std::promise<DatasetEvent> end;
        const auto service = makeDatasetService();
        service->inspect(1, data.root().string(), {"vocals", "rest"}, [&](const DatasetEvent& event) {
            if (!std::holds_alternative<DatasetProgress>(event))
                end.set_value(event);
        });
        const DatasetReport report = std::get<DatasetInspected>(end.get_future().get()).report;
        QCOMPARE(report.songs[0].files.size(), std::size_t(1));
        QCOMPARE(report.songs[0].files[0].stem, std::string("vocals"));
        QCOMPARE(report.problems[0].text, std::string("rest: missing"));
    }

    void reportsMissingDataSet() {
        std::promise<DatasetEvent> end;
        const auto service = makeDatasetService();
        service->inspect(1, "/nowhere", {}, [&](const DatasetEvent& event) { end.set_value(event); });
        QVERIFY(!std::get<DatasetRefused>(end.get_future().get()).message.empty());
    }

    void keepsExistingDemoSongs() {
        test::TinyDataset data;
        data.add("train/one");
        std::promise<DatasetEvent> end;
        const auto service = makeDatasetService();
        service->composeDemoSongs(3, data.root().string(),
                                  [&](const DatasetEvent& event) { end.set_value(event); });
        const auto composed = std::get<DemoSongsComposed>(end.get_future().get());
        QCOMPARE(composed.number, std::uint64_t(3));
        QCOMPARE(composed.folder, data.root().string());
    }

    void refusesNonEmptyFolderForDemoSongs() {
        const QTemporaryDir folder;
        QVERIFY(QFile(folder.filePath("thesis.txt")).open(QIODevice::WriteOnly));
        std::promise<DatasetEvent> end;
        const auto service = makeDatasetService();
        service->composeDemoSongs(1, folder.path().toStdString(),
                                  [&](const DatasetEvent& event) { end.set_value(event); });
        QVERIFY(!std::get<DatasetRefused>(end.get_future().get()).message.empty());
    }

    void canceledRequestEmitsNothing() {
        test::TinyDataset data;
        data.add("train/one");
        std::atomic<int> ends = 0;
        {
            std::promise<void> last;
            const auto service = makeDatasetService();
            std::promise<void> begin;
            // The first request blocks the worker until the second is canceled.
            service->inspect(1, "/nowhere", {}, [&](const DatasetEvent&) { begin.get_future().wait(); });
            service->inspect(2, data.root().string(), {}, [&](const DatasetEvent&) { ++ends; });
            service->inspect(3, "/nowhere", {}, [&](const DatasetEvent&) { last.set_value(); });
            service->cancel(2);
            begin.set_value();
            last.get_future().wait();
        }
        QCOMPARE(ends.load(), 0);
    }
};

HEADROOM_TEST_MAIN(TestInspectionWorker)
#include "tst_inspection_worker.moc"
