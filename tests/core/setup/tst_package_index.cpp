// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/setup/package_index.h"
#include "core/setup/wheels.h"
#include "core/support/error.h"
#include "tests/support/strict_main.h"

#include <set>

using namespace headroom;

namespace {

constexpr const char* page = "https://index.example/simple/torch/";
const std::string digest = "7aa2f9bbc6d4595ba72138026b2074be1233186150e9292865e04b7a63b8c67a";

} // namespace

class TestPackageIndex : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void cleanup() { qunsetenv("PIP_INDEX_URL"); }

    void isPypiOrTheMirrorOfPip() {
        QCOMPARE(usualPackageIndex(), std::string("https://pypi.org/simple"));
        qputenv("PIP_INDEX_URL", "https://mirror.example/simple/");
        QCOMPARE(usualPackageIndex(), std::string("https://mirror.example/simple/"));
        QCOMPARE(projectPage(usualPackageIndex(), "torch"),
                 std::string("https://mirror.example/simple/torch/"));
        QCOMPARE(projectPage("https://pypi.org/simple", "torch"),
                 std::string("https://pypi.org/simple/torch/"));
    }

    void findsFile_data() {
        QTest::addColumn<QString>("html");
        QTest::addColumn<QString>("url");
        QTest::addColumn<QString>("sha256");
        const QString mark = QStringLiteral("#sha256=") + QString::fromStdString(digest);
        QTest::newRow("absolute") << "<a href=\"https://files.example/a/w.whl" + mark + "\" >w.whl</a>"
                                  << "https://files.example/a/w.whl" << QString::fromStdString(digest);
        QTest::newRow("relative") << "<a href=\"../../packages/w.whl" + mark + "\">w.whl</a>"
                                  << "https://index.example/packages/w.whl" << QString::fromStdString(digest);
        QTest::newRow("rooted, single quotes") << "<a data-x=\"1\" href='/f/w.whl'>w.whl</a>"
                                               << "https://index.example/f/w.whl"
                                               << "";
        QTest::newRow("query") << "<a href=\"w.whl?a=1&amp;b=2" +
                                      mark.toUpper().replace("#SHA256", "#sha256") + "\">"
                               << "https://index.example/simple/torch/w.whl?a=1&b=2"
                               << QString::fromStdString(digest);
        QTest::newRow("after another one")
            << "<a href=\"v/vw.whl\">vw.whl</a> <a href=\"w.whl.metadata\"> <a href=\"w.whl\">"
            << "https://index.example/simple/torch/w.whl"
            << "";
    }

    void findsFile() {
        QFETCH(QString, html);
        QFETCH(QString, url);
        QFETCH(QString, sha256);
        const IndexedFile found = findIndexedFile(html.toStdString(), page, "w.whl");
        QCOMPARE(QString::fromStdString(found.url), url);
        QCOMPARE(QString::fromStdString(found.sha256), sha256);
    }

    void reportsMissingFile() {
        for (const char* html :
             {"", "<a ", "<a href=", "<a href=\"", "<a href=w.whl>", "<a title=\"w.whl\">", "w.whl"})
            QVERIFY_THROWS_EXCEPTION(Error, findIndexedFile(html, page, "w.whl"));
    }

    void wheelsHaveDigestsAndSizes() {
        for (const bool cuda : {false, true}) {
            std::set<std::string> projects;
            for (const Wheel& wheel : libTorchWheels(cuda)) {
                projects.insert(wheel.project);
                QCOMPARE(wheel.sha256.size(), std::size_t{64});
                QVERIFY(wheel.bytes > 0 && wheel.unpacked > 0);
                QVERIFY(wheel.file.ends_with("x86_64.whl"));
            }
            QCOMPARE(projects.size(), std::size_t{cuda ? 15u : 3u});
        }
    }

    void unpacksLibrariesAndLicenses() {
        for (const char* entry :
             {"torch/lib/libtorch_cpu.so", "torch/lib/libgomp.so.1", "nvidia/cu13/lib/libcupti.so.13",
              "torch/include/torch/headeronly/version.h", "torch-2.11.0.dist-info/licenses/LICENSE"}) {
            QVERIFY2(isUnpacked(entry, false), entry);
            QVERIFY2(isUnpacked(entry, true), entry);
        }
        for (const char* entry : {"torch/lib/libtorch_cuda.so", "torch/lib/libtorch_cuda_linalg.so",
                                  "torch/lib/libc10_cuda.so", "torch/lib/libcaffe2_nvrtc.so"}) {
            QVERIFY2(!isUnpacked(entry, false), entry);
            QVERIFY2(isUnpacked(entry, true), entry);
        }
        for (const char* entry :
             {"torch/lib/libtorch.so", "torch/lib/libtorch_python.so",
              "torch/_C.cpython-311-x86_64-linux-gnu.so", "torch/__init__.py", "torch/include/ATen/ATen.h",
              "torch-2.11.0.dist-info/RECORD", "nvidia/cu13/lib/", "torch-2.11.0.dist-info/licenses/"})
            QVERIFY2(!isUnpacked(entry, true), entry);
    }
};

HEADROOM_TEST_MAIN(TestPackageIndex)
#include "tst_package_index.moc"
