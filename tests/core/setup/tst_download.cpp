// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/setup/download.h"
#include "core/support/error.h"
#include "tests/core/setup/file_server.h"
#include "tests/support/strict_main.h"

#include <QTemporaryDir>

#include <fstream>
#include <iterator>

using namespace headroom;
using test::FileServer;

namespace {

std::string textOf(const std::string& path) {
    std::ifstream stream(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
}

std::string longText() {
    std::string text;
    for (int i = 0; i < 100'000; ++i)
        text += std::to_string(i) + '\n';
    return text;
}

void ignoreProgress(std::int64_t /*bytes*/) {}

} // namespace

class TestDownload : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() {
        QVERIFY(folder_.isValid());
        file_ = folder_.filePath(QTest::currentTestFunction()).toStdString();
    }

    void downloadsText() {
        FileServer server;
        server.put("/page", "hello");
        QCOMPARE(downloadText(server.address("/page"), {}).value(), std::string("hello"));
        QVERIFY_THROWS_EXCEPTION(Error, downloadText(server.address("/nothing"), {}));
    }

    void downloadsFile() {
        FileServer server;
        const std::string text = longText();
        server.put("/file", text);
        std::int64_t last = 0;
        QVERIFY(downloadFile(server.address("/file"), file_, std::ssize(text),
                             [&](std::int64_t bytes) { last = bytes; }, {}));
        QCOMPARE(textOf(file_), text);
        QCOMPARE(last, std::ssize(text));
    }

    void continuesInterruptedConnections() {
        FileServer server;
        const std::string text = longText();
        server.put("/file", text);
        server.breakOffAfter({1000, 5000});
        QVERIFY(downloadFile(server.address("/file"), file_, std::ssize(text), ignoreProgress, {}));
        QCOMPARE(textOf(file_), text);
        QCOMPARE(server.requests(), (std::vector<std::string>{"/file 0", "/file 1000", "/file 6000"}));
    }

    void continuesWhereAnEarlierCallEnded() {
        FileServer server;
        const std::string text = longText();
        server.put("/file", text);
        std::ofstream(file_, std::ios::binary) << text.substr(0, 1234);
        QVERIFY(downloadFile(server.address("/file"), file_, std::ssize(text), ignoreProgress, {}));
        QCOMPARE(textOf(file_), text);
        QCOMPARE(server.requests(), std::vector<std::string>{"/file 1234"});
    }

    void beginsAgainIfTheServerSendsNoParts() {
        FileServer server;
        const std::string text = longText();
        server.put("/file", text);
        server.sendParts(false);
        std::ofstream(file_, std::ios::binary) << text.substr(0, 1234);
        QVERIFY(downloadFile(server.address("/file"), file_, std::ssize(text), ignoreProgress, {}));
        QCOMPARE(textOf(file_), text);
    }

    void keepsWhatHasArrived() {
        FileServer server;
        const std::string text = longText();
        server.put("/file", text);
        server.breakOffAfter({1000, 0});
        QVERIFY_THROWS_EXCEPTION(
            Error, downloadFile(server.address("/file"), file_, std::ssize(text), ignoreProgress, {}));
        QCOMPARE(textOf(file_), text.substr(0, 1000));
    }

    void refusesOtherSizes() {
        FileServer server;
        server.put("/file", "12345");
        for (const std::int64_t bytes : {4, 6}) {
            const std::string file = file_ + std::to_string(bytes);
            QVERIFY_THROWS_EXCEPTION(Error,
                                     downloadFile(server.address("/file"), file, bytes, ignoreProgress, {}));
            QVERIFY(std::ssize(textOf(file)) <= bytes + 1);
        }
    }

    void stops() {
        FileServer server;
        const std::string text = longText();
        server.put("/file", text);
        std::stop_source source;
        const auto stopSoon = [&](std::int64_t /*bytes*/) { source.request_stop(); };
        QVERIFY(!downloadFile(server.address("/file"), file_, std::ssize(text) + 1, stopSoon,
                              source.get_token()));
        QVERIFY(!downloadText(server.address("/file"), source.get_token()));
    }

    void refusesWhatIsNoFile() {
        FileServer server;
        server.put("/file", "12345");
        const Error error =
            failureOf([&] { downloadFile(server.address("/file"), "/dev/null", 5, ignoreProgress, {}); });
        QVERIFY(error.message().find("/dev/null: ") != std::string::npos);
    }

private:
    template <class Action>
    static Error failureOf(const Action& action) {
        try {
            action();
        } catch (const Error& error) {
            return error;
        }
        return {ErrorKind::Failure, "nothing failed"};
    }

    QTemporaryDir folder_;
    std::string file_;
};

HEADROOM_TEST_MAIN(TestDownload)
#include "tst_download.moc"
