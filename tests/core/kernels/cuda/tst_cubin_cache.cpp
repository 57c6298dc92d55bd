// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/kernels/cuda/cubin_cache.h"
#include "tests/support/strict_main.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>

using namespace headroom;

class TestCubinCache : public QObject {
    Q_OBJECT

    const std::vector<std::string> key_ = {"--gpu-architecture=sm_86", "source"};
    const std::string cubin_ = std::string("\x7f"
                                           "ELF\0\n\r\xff",
                                           8);

    static std::filesystem::path pathOf(const QTemporaryDir& folder) { return folder.path().toStdString(); }

    /// The only file of a cache.
    static QString fileIn(const QString& folder) {
        const QStringList names = QDir(folder).entryList(QDir::Files);
        return names.size() == 1 ? QDir(folder).filePath(names.front()) : QString();
    }

private Q_SLOTS:
    void findsWhatWasStored() {
        const QTemporaryDir folder;
        const CubinCache cache(pathOf(folder) / "not" / "there" / "yet");
        QVERIFY(!cache.find(key_));
        cache.store(key_, cubin_);
        QVERIFY(cache.find(key_) == cubin_);
        cache.store(key_, "another");
        QVERIFY(cache.find(key_) == "another");
    }

    void tellsKeysApart() {
        const QTemporaryDir folder;
        const CubinCache cache(pathOf(folder));
        cache.store({"ab", "c"}, cubin_);
        for (const std::vector<std::string>& other :
             std::vector<std::vector<std::string>>{{"a", "bc"}, {"abc"}, {"ab", "c", ""}, {"c", "ab"}, {}})
            QVERIFY(!cache.find(other));
    }

    /// Cut off at any byte, or with any byte changed.
    void ignoresDamagedFiles() {
        const QTemporaryDir folder;
        const CubinCache cache(pathOf(folder));
        cache.store(key_, cubin_);
        QFile file(fileIn(folder.path()));
        QVERIFY(file.open(QIODevice::ReadWrite));
        const QByteArray whole = file.readAll();
        const auto holds = [&](const QByteArray& content) {
            file.resize(0);
            file.seek(0);
            file.write(content);
            file.flush();
            return cache.find(key_).has_value();
        };
        QVERIFY(holds(whole));
        for (qsizetype i = 0; i < whole.size(); ++i) {
            QVERIFY(!holds(whole.left(i)));
            QByteArray changed = whole;
            changed[i] = static_cast<char>(changed[i] ^ 1);
            QVERIFY(!holds(changed));
        }
        cache.store(key_, cubin_);
        QVERIFY(cache.find(key_) == cubin_);
    }

    void worksWithoutAFolder() {
        const CubinCache cache({});
        cache.store(key_, cubin_);
        QVERIFY(!cache.find(key_));
    }

    void survivesAFolderThatCannotBeWritten() {
        const QTemporaryDir folder;
        const QString file = folder.filePath("file");
        QVERIFY(QFile(file).open(QIODevice::WriteOnly));
        const CubinCache cache(file.toStdString()); // a file in the place of the folder
        cache.store(key_, cubin_);
        QVERIFY(!cache.find(key_));
    }
};

HEADROOM_TEST_MAIN(TestCubinCache)
#include "tst_cubin_cache.moc"
