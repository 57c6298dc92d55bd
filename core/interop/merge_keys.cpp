// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/interop/merge_keys.h"

#include "core/config/yaml_document.h"
#include "core/support/error.h"

#include <yaml-cpp/yaml.h>

#include <vector>

namespace headroom {
namespace {

constexpr const char* mergeKey = "<<";

class MergeKeys {
public:
    explicit MergeKeys(const std::string& name) : name_(name) {}

    void resolve(YAML::Node map, int level) {
        constexpr int deepest = 16; // a map may merge itself
        if (!map.IsMap() || level > deepest)
            return;
        if (++visited_ > mostMaps)
            throw Error(ErrorKind::Input, "too many maps: this is not a configuration",
                        yamlPlace(name_, map.Mark()));
        for (const YAML::Node& source : mergedMaps(map)) {
            resolve(source, level + 1);
            addMissing(source, map);
        }
        map.remove(mergeKey);
        for (const auto& entry : map)
            resolve(entry.second, level + 1);
    }

private:
    static constexpr int mostMaps = 10'000;

    std::vector<YAML::Node> mergedMaps(const YAML::Node& map) const {
        std::vector<YAML::Node> maps;
        for (const auto& entry : map) {
            if (!entry.first.IsScalar() || entry.first.Scalar() != mergeKey)
                continue;
            if (entry.second.IsSequence())
                for (const auto& element : entry.second)
                    maps.push_back(requireMap(element));
            else
                maps.push_back(requireMap(entry.second));
        }
        return maps;
    }

    YAML::Node requireMap(const YAML::Node& merged) const {
        if (!merged.IsMap())
            throw Error(ErrorKind::Input, "<< merges maps only", yamlPlace(name_, merged.Mark()));
        return merged;
    }

    void addMissing(const YAML::Node& source, YAML::Node map) {
        if (source.is(map))
            return;
        const YAML::Node own = map; // whose [] adds nothing
        for (const auto& entry : source) {
            if (++visited_ > mostMaps)
                throw Error(ErrorKind::Input, "too many merged keys: this is not a configuration",
                            yamlPlace(name_, entry.first.Mark()));
            if (entry.first.IsScalar() && !own[entry.first.Scalar()].IsDefined())
                map.force_insert(entry.first, entry.second);
        }
    }

    const std::string& name_;
    int visited_ = 0; ///< maps and merged keys
};

} // namespace

void resolveMergeKeys(YAML::Node root, const std::string& name) {
    MergeKeys(name).resolve(root, 0);
}

} // namespace headroom
