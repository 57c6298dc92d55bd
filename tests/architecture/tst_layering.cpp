#include "tests/support/strict_main.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QRegularExpression>
#include <QSet>
#include <QStringList>

#include <map>

namespace {

struct Include {
    QString name;
    bool system = false; ///< in <>, not in ""
};

/// What each source file includes, by its path from the root of the project.
using Tree = std::map<QString, QList<Include>>;

const QStringList contractRooms = {"support", "config", "session"};
const QStringList audioRooms = {"audio", "data"};

QList<Include> includesOf(const QString& text) {
    static const QRegularExpression line(
        QStringLiteral("^[ \\t]*#[ \\t]*include[ \\t]*([<\"])([^>\"]+)[>\"]"),
        QRegularExpression::MultilineOption);
    QList<Include> includes;
    for (auto matches = line.globalMatch(text); matches.hasNext();) {
        const auto match = matches.next();
        includes.append({match.captured(2), match.captured(1) == QLatin1String("<")});
    }
    return includes;
}

QString textOf(const QString& path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

Tree readTree(const QString& root, const QStringList& folders) {
    Tree tree;
    for (const QString& folder : folders) {
        QDirIterator files(QDir(root).filePath(folder), {"*.h", "*.cpp"}, QDir::Files,
                           QDirIterator::Subdirectories);
        while (files.hasNext()) {
            const QString path = files.next();
            tree[QDir(root).relativeFilePath(path)] = includesOf(textOf(path));
        }
    }
    return tree;
}

/// The rooms in dependency order, from the table of core/README.md.
QStringList roomsInOrder(const QString& readme) {
    static const QRegularExpression row(QStringLiteral("^\\| `(\\w+)/` \\|"),
                                        QRegularExpression::MultilineOption);
    QStringList rooms;
    for (auto matches = row.globalMatch(readme); matches.hasNext();)
        rooms << matches.next().captured(1);
    return rooms;
}

/// "train" for core/train/...; empty for what is not in core.
QString roomOf(const QString& path) {
    const QStringList parts = path.split('/');
    return parts.size() > 2 && parts[0] == QLatin1String("core") ? parts[1] : QString();
}

bool isQt(const Include& include) {
    static const QRegularExpression name(QStringLiteral("^Q[A-Z]|^Qt\\w*/"));
    return include.system && name.match(include.name).hasMatch();
}

bool isLibTorch(const Include& include) {
    static const QRegularExpression name(QStringLiteral("^(ATen|c10|caffe2|torch)/"));
    return name.match(include.name).hasMatch();
}

/// The standard library's C++ headers have neither folder nor ending.
bool isStandard(const Include& include) {
    return include.system && !include.name.contains('/') && !include.name.contains('.') && !isQt(include);
}

/// The chain of includes that leads from this file to LibTorch; empty where none does.
QStringList wayToLibTorch(const Tree& tree, const QString& path, QSet<QString>& visited) {
    const auto file = tree.find(path);
    if (file == tree.end() || visited.contains(path))
        return {};
    visited.insert(path);
    for (const Include& include : file->second) {
        if (isLibTorch(include))
            return {path, include.name};
        const QStringList rest = wayToLibTorch(tree, include.name, visited);
        if (!rest.isEmpty())
            return QStringList(path) + rest;
    }
    return {};
}

/// Checks one file against the rules of the house.
class FileCheck {
public:
    FileCheck(const Tree& tree, const QStringList& rooms, const QString& path)
        : tree_(tree), rooms_(rooms), path_(path), top_(path.section('/', 0, 0)), room_(roomOf(path)),
          header_(path.endsWith(".h")) {}

    QStringList violations() {
        for (const Include& include : tree_.at(path_)) {
            if (!include.system)
                checkOwn(include.name);
            if (!maySeeQt() && isQt(include))
                report("includes Qt: " + include.name);
            if (contractRooms.contains(room_) && header_ && include.system && !isStandard(include) &&
                !include.name.startsWith("yaml-cpp/"))
                report("is a header of the contract and includes more than the standard library: " +
                       include.name);
        }
        if (mustNotSeeLibTorch()) {
            QSet<QString> visited;
            const QStringList way = wayToLibTorch(tree_, path_, visited);
            if (!way.isEmpty())
                report("sees LibTorch: " + way.join(" -> "));
        }
        return violations_;
    }

private:
    void checkOwn(const QString& name) {
        if (!tree_.contains(name)) {
            report("includes what is not there, or not by its path from the root: " + name);
            return;
        }
        const QString room = roomOf(name);
        if (top_ == QLatin1String("core") && (room.isEmpty() || rooms_.indexOf(room) > rooms_.indexOf(room_)))
            report("depends on a later room: " + name);
        if (top_ == QLatin1String("app") && name.startsWith("ui/") && !maySeeQt())
            report("is the command line and looks at the window: " + name);
        if (top_ == QLatin1String("app") && !room.isEmpty() && room != QLatin1String("engine") &&
            !contractRooms.contains(room) && !audioRooms.contains(room))
            report("is the program and looks behind the engine's headers: " + name);
        if (top_ == QLatin1String("ui") && !name.startsWith("ui/") && !contractRooms.contains(room))
            report("is the window and sees more than the contract: " + name);
    }

    /// The window, and the program that puts it together with the engine.
    bool maySeeQt() const { return top_ == QLatin1String("ui") || path_.startsWith("app/studio/"); }

    bool mustNotSeeLibTorch() const {
        return top_ != QLatin1String("core") || contractRooms.contains(room_) || audioRooms.contains(room_) ||
               (room_ == QLatin1String("engine") && header_);
    }

    void report(const QString& what) { violations_ << path_ + " " + what; }

    const Tree& tree_;
    const QStringList& rooms_;
    QString path_, top_, room_;
    bool header_;
    QStringList violations_;
};

QStringList violations(const Tree& tree, const QStringList& rooms) {
    QStringList all;
    for (const auto& [path, includes] : tree)
        all << FileCheck(tree, rooms, path).violations();
    return all;
}

/// The violations in a small house of our own with one more include in it.
QStringList violationsWith(const QString& path, const QString& line) {
    Tree tree = {{"core/support/error.h", includesOf("#include <string>\n")},
                 {"core/config/option.h",
                  includesOf("#include \"core/support/error.h\"\n#include <yaml-cpp/yaml.h>\n")},
                 {"core/config/option.cpp", includesOf("#include <fmt/format.h>\n#include <unistd.h>\n")},
                 {"core/data/loader.h", includesOf("#include <sndfile.h>\n")},
                 {"core/train/step.h", includesOf("#include <ATen/core/Tensor.h>\n")},
                 {"core/train/run.h", includesOf("#include \"core/train/step.h\"\n")},
                 {"core/engine/service.h", includesOf("#include \"core/config/option.h\"\n")},
                 {"core/engine/service.cpp", includesOf("#include \"core/train/run.h\"\n")},
                 {"app/main.cpp", includesOf("#include \"core/engine/service.h\"\n#include <CLI/CLI.hpp>\n")},
                 {"ui/window.h", includesOf("#include \"core/config/option.h\"\n#include <QWidget>\n")}};
    tree.at(path) += includesOf(line);
    return violations(tree, {"support", "config", "data", "train", "engine"});
}

} // namespace

class TestLayering : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theHouseKeepsItsRules() {
        const QString root = QStringLiteral(HEADROOM_SOURCE_DIR);
        const QStringList rooms = roomsInOrder(textOf(root + "/core/README.md"));
        const Tree tree = readTree(root, {"core", "app", "ui"});
        QVERIFY2(tree.size() > 50, "sources not found");
        const QStringList found = violations(tree, rooms);
        QVERIFY2(found.isEmpty(), qPrintable("\n" + found.join("\n")));
    }
    void theMapNamesEveryRoom() {
        const QString root = QStringLiteral(HEADROOM_SOURCE_DIR);
        QStringList named = roomsInOrder(textOf(root + "/core/README.md"));
        named.sort();
        QCOMPARE(named, QDir(root + "/core").entryList(QDir::Dirs | QDir::NoDotAndDotDot, QDir::Name));
    }
    void includesAreFoundHoweverTheyAreWritten() {
        const auto includes =
            includesOf("#pragma once\n  #  include <vector>\n// #include <no>\n#include \"a/b.h\" // x\n");
        QCOMPARE(includes.size(), 2);
        QCOMPARE(includes[0].name, QStringLiteral("vector"));
        QVERIFY(includes[0].system && !includes[1].system);
    }
    void everyRuleCanBeBroken_data() {
        QTest::addColumn<QString>("path");
        QTest::addColumn<QString>("line");
        QTest::addColumn<QString>("complaint");
        const auto row = [](const char* name, const char* path, const char* line, const char* complaint) {
            QTest::newRow(name) << path << line << complaint;
        };
        row("nothing", "core/support/error.h", "", "");
        row("up", "core/support/error.h", "#include \"core/config/option.h\"", "depends on a later room");
        row("core to app", "core/engine/service.cpp", "#include \"app/main.cpp\"", "depends on a later room");
        row("Qt", "core/engine/service.cpp", "#include <QString>", "includes Qt");
        row("Qt module", "app/main.cpp", "#include <QtCore/QString>", "includes Qt");
        row("fmt in the contract", "core/config/option.h", "#include <fmt/format.h>",
            "more than the standard library");
        row("POSIX in the contract", "core/support/error.h", "#include <unistd.h>",
            "more than the standard library");
        row("LibTorch in sound", "core/data/loader.h", "#include <ATen/ATen.h>", "sees LibTorch");
        row("LibTorch in the contract", "core/config/option.cpp", "#include <c10/core/Device.h>",
            "sees LibTorch");
        row("LibTorch by a detour", "core/engine/service.h", "#include \"core/train/run.h\"",
            "core/train/run.h -> core/train/step.h -> ATen/core/Tensor.h");
        row("app behind the engine", "app/main.cpp", "#include \"core/train/run.h\"",
            "behind the engine's headers");
        row("command line at the window", "app/main.cpp", "#include \"ui/window.h\"", "looks at the window");
        row("window behind the contract", "ui/window.h", "#include \"core/engine/service.h\"",
            "sees more than the contract");
        row("not from the root", "core/config/option.cpp", "#include \"knob.h\"",
            "not by its path from the root");
    }
    void everyRuleCanBeBroken() {
        QFETCH(QString, path);
        QFETCH(QString, line);
        QFETCH(QString, complaint);
        const QStringList found = violationsWith(path, line);
        if (complaint.isEmpty())
            QCOMPARE(found, QStringList());
        else
            QVERIFY2(!found.filter(complaint).filter(path).isEmpty(), qPrintable(found.join("\n")));
    }
};

HEADROOM_TEST_MAIN(TestLayering)
#include "tst_layering.moc"
