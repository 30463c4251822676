<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<qgis version="3.22.0" styleCategories="Symbology|Labeling|MapTips" labelsEnabled="1">
  <renderer-v2 type="categorizedSymbol" attr="rule" enableorderby="0" forceraster="0" symbollevels="0">
    <categories>
      <category render="true" symbol="0" value="L07" label="L07"/>
      <category render="true" symbol="1" value="L08" label="L08"/>
      <category render="true" symbol="2" value="L12" label="L12"/>
      <category render="true" symbol="3" value="L13" label="L13"/>
    </categories>
    <symbols>
      <symbol type="fill" name="0" alpha="1" clip_to_extent="1" force_rhr="0">
        <layer class="SimpleFill" enabled="1" locked="0" pass="0">
          <Option type="Map">
            <Option name="color" type="QString" value="194,47,37,110"/>
            <Option name="style" type="QString" value="solid"/>
            <Option name="outline_color" type="QString" value="194,47,37,255"/>
            <Option name="outline_style" type="QString" value="solid"/>
            <Option name="outline_width" type="QString" value="0.4"/>
            <Option name="outline_width_unit" type="QString" value="MM"/>
          </Option>
        </layer>
      </symbol>
      <symbol type="fill" name="1" alpha="1" clip_to_extent="1" force_rhr="0">
        <layer class="SimpleFill" enabled="1" locked="0" pass="0">
          <Option type="Map">
            <Option name="color" type="QString" value="30,105,165,110"/>
            <Option name="style" type="QString" value="solid"/>
            <Option name="outline_color" type="QString" value="30,105,165,255"/>
            <Option name="outline_style" type="QString" value="solid"/>
            <Option name="outline_width" type="QString" value="0.4"/>
            <Option name="outline_width_unit" type="QString" value="MM"/>
          </Option>
        </layer>
      </symbol>
      <symbol type="fill" name="2" alpha="1" clip_to_extent="1" force_rhr="0">
        <layer class="SimpleFill" enabled="1" locked="0" pass="0">
          <Option type="Map">
            <Option name="color" type="QString" value="221,110,18,110"/>
            <Option name="style" type="QString" value="solid"/>
            <Option name="outline_color" type="QString" value="221,110,18,255"/>
            <Option name="outline_style" type="QString" value="solid"/>
            <Option name="outline_width" type="QString" value="0.4"/>
            <Option name="outline_width_unit" type="QString" value="MM"/>
          </Option>
        </layer>
      </symbol>
      <symbol type="fill" name="3" alpha="1" clip_to_extent="1" force_rhr="0">
        <layer class="SimpleFill" enabled="1" locked="0" pass="0">
          <Option type="Map">
            <Option name="color" type="QString" value="150,70,155,110"/>
            <Option name="style" type="QString" value="solid"/>
            <Option name="outline_color" type="QString" value="150,70,155,255"/>
            <Option name="outline_style" type="QString" value="solid"/>
            <Option name="outline_width" type="QString" value="0.4"/>
            <Option name="outline_width_unit" type="QString" value="MM"/>
          </Option>
        </layer>
      </symbol>
    </symbols>
  </renderer-v2>
  <labeling type="simple">
    <settings>
      <text-style fieldName="&quot;rule&quot; || ' · ' || coalesce(nullif(&quot;lost&quot;, ''), '–') || ' → ' || coalesce(nullif(&quot;gained&quot;, ''), '–') || '\n' || format_number(&quot;area_m2&quot;, 1) || ' m²'" isExpression="1" fontSize="8" fontSizeUnit="Point" fontFamily="sans-serif" textColor="40,40,46,255">
        <text-buffer bufferDraw="1" bufferSize="0.8" bufferSizeUnits="MM" bufferColor="255,255,255,255"/>
      </text-style>
      <placement placement="0" dist="2" distUnits="MM" priority="8"/>
      <rendering scaleVisibility="1" scaleMin="1" scaleMax="10000" obstacle="0"/>
    </settings>
  </labeling>
  <mapTip>&lt;b>[% "rule" %]&lt;/b> [% "lost" %] [% "lost_name" %] → [% "gained" %] [% "gained_name" %]&lt;br>[% format_number("area_m2", 1) %] m²&lt;br>&lt;i>[% "owner_by" %]&lt;/i></mapTip>
</qgis>
